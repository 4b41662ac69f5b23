/**
 * Anthropic: USD per million tokens. Writing the cache for five minutes costs 1.25 times the input price, for
 * an hour twice, reading it a tenth, as the vendor's list says for every model.
 */
import { definePrices } from './price-entry.ts';

/** Bedrock and Vertex names of the same models: `us.anthropic.NAME-v1:0`, `NAME@20250514`. */
const BEDROCK = '(?:[a-z]+\\.)?anthropic\\.';
const SUFFIX = '(?:-v\\d+)?(?:-latest|[-@]\\d{8})?(?:-v\\d+(?::\\d+)?)?';

export const ANTHROPIC_PRICES = definePrices(
  {
    vendor: 'anthropic',
    prefix: `anthropic/|bedrock/${BEDROCK}|${BEDROCK}|vertex_ai/`,
    source: 'https://platform.claude.com/docs/en/about-claude/pricing',
    checked: '2026-04-13',
  },
  [
    claude('claude-opus-5', 5, 25, '2026-08-01'),
    claude('claude-opus-4-8', 5, 25, '2026-05-28'),
    claude('claude-opus-4-7', 5, 25, '2026-04-16'),
    claude('claude-opus-4-6', 5, 25),
    claude('claude-opus-4-5', 5, 25),
    claude('claude-opus-4-1', 15, 75),
    claude('claude-opus-4', 15, 75, undefined, 'claude-opus-4(-0)?'),
    claude('claude-sonnet-4-6', 3, 15, '2026-06-29'),
    {
      ...claude('claude-sonnet-4-5', 3, 15),
      large: { above: 200_000, list: toList(6, 22.5) },
    },
    claude('claude-sonnet-4', 3, 15, undefined, 'claude-sonnet-4(-0)?'),
    claude('claude-haiku-4-5', 1, 5, '2026-04-20'),
    claude('claude-3-7-sonnet', 3, 15),
    claude('claude-3-5-sonnet', 3, 15),
    claude('claude-3-5-haiku', 0.8, 4),
    claude('claude-3-opus', 15, 75),
    claude('claude-3-sonnet', 3, 15),
    {
      model: 'claude-3-haiku',
      names: `claude-3-haiku${SUFFIX}`,
      // Older list: rounded, not the factors above.
      list: { input: 0.25, cached: 0.03, write5m: 0.3, output: 1.25 },
    },
  ],
);

function claude(model: string, input: number, output: number, checked?: string, names = model) {
  return {
    model,
    // Gateways write versions with a dot: claude-sonnet-4.5.
    names: `(?:${names.replaceAll(/(\d)-(\d)/g, '$1[.-]$2')})${SUFFIX}`,
    list: toList(input, output),
    ...(checked ? { checked } : {}),
  };
}

function toList(input: number, output: number) {
  return { input, output, cached: input / 10, write5m: input * 1.25, write1h: input * 2 };
}
