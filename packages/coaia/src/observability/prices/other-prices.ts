/** Mistral, Cohere, DeepSeek, xAI, Amazon and hosts of Meta's models: USD per million tokens. */
import { definePrices } from './price-entry.ts';

const MISTRAL = definePrices(
  {
    vendor: 'mistral',
    prefix: 'mistral/|mistralai/',
    source: 'https://mistral.ai/pricing',
    checked: '2025-09-01',
  },
  [
    pair('mistral-large-2411', 2, 6),
    pair('mistral-medium-2505', 0.4, 2, 'mistral-medium-(2505|2508)'),
    pair('mistral-small-2503', 0.1, 0.3, 'mistral-small-(2503|2506)'),
    pair('codestral-2501', 0.3, 0.9, 'codestral-(2501|2508)'),
    pair('magistral-medium-2506', 2, 5),
    pair('magistral-small-2506', 0.5, 1.5),
    pair('devstral-small-2507', 0.1, 0.3),
    pair('devstral-medium-2507', 0.4, 2),
    pair('ministral-8b-2410', 0.1, 0.1, 'ministral-8b-(2410|latest)'),
    pair('ministral-3b-2410', 0.04, 0.04, 'ministral-3b-(2410|latest)'),
    pair('pixtral-large-2411', 2, 6),
    pair('open-mistral-nemo', 0.15, 0.15, 'open-mistral-nemo(-2407)?'),
    { model: 'mistral-embed', list: { input: 0.1, total: 0.1 } },
  ],
);

const COHERE = definePrices(
  {
    vendor: 'cohere',
    prefix: 'cohere/',
    source: 'https://cohere.com/pricing',
    checked: '2025-06-01',
  },
  [
    pair('command-a-03-2025', 2.5, 10),
    pair('command-r-plus-08-2024', 2.5, 10),
    pair('command-r-08-2024', 0.15, 0.6),
    pair('command-r7b-12-2024', 0.0375, 0.15),
  ],
);

const DEEPSEEK = definePrices(
  {
    vendor: 'deepseek',
    prefix: 'deepseek/',
    source: 'https://api-docs.deepseek.com/quick_start/pricing',
    checked: '2025-12-01',
  },
  [
    {
      model: 'deepseek-chat',
      list: { input: 0.27, cached: 0.07, output: 1.1 },
      startDate: '2025-02-08',
    },
    {
      model: 'deepseek-reasoner',
      list: { input: 0.55, cached: 0.14, output: 2.19 },
      startDate: '2025-01-20',
    },
    {
      model: 'deepseek-chat',
      list: { input: 0.28, cached: 0.028, output: 0.42 },
      startDate: '2025-09-29',
    },
    {
      model: 'deepseek-reasoner',
      list: { input: 0.28, cached: 0.028, output: 0.42 },
      startDate: '2025-09-29',
    },
  ],
);

const XAI = definePrices(
  {
    vendor: 'xai',
    prefix: 'xai/|x-ai/',
    source: 'https://docs.x.ai/docs/models',
    checked: '2025-11-20',
  },
  [
    {
      model: 'grok-4',
      names: 'grok-4(-0709|-latest)?',
      list: { input: 3, cached: 0.75, output: 15 },
      large: { above: 128_000, list: { input: 6, output: 30 } },
    },
    {
      model: 'grok-3',
      names: 'grok-3(-latest)?',
      list: { input: 3, cached: 0.75, output: 15 },
    },
    {
      model: 'grok-3-mini',
      names: 'grok-3-mini(-latest)?',
      list: { input: 0.3, cached: 0.075, output: 0.5 },
    },
    {
      model: 'grok-code-fast-1',
      list: { input: 0.2, cached: 0.02, output: 1.5 },
    },
  ],
);

const AMAZON = definePrices(
  {
    vendor: 'amazon',
    prefix: 'bedrock/',
    source: 'https://aws.amazon.com/bedrock/pricing/',
    checked: '2025-06-01',
  },
  [nova('nova-pro', 0.8, 3.2), nova('nova-lite', 0.06, 0.24), nova('nova-micro', 0.035, 0.14)],
);

const GROQ = definePrices(
  { vendor: 'groq', prefix: 'groq/', source: 'https://groq.com/pricing', checked: '2025-09-01' },
  [pair('llama-3.3-70b-versatile', 0.59, 0.79), pair('llama-3.1-8b-instant', 0.05, 0.08)],
);

export const OTHER_PRICES = [...MISTRAL, ...COHERE, ...DEEPSEEK, ...XAI, ...AMAZON, ...GROQ];

function pair(model: string, input: number, output: number, names?: string) {
  return { model, list: { input, output }, ...(names ? { names } : {}) };
}

function nova(model: string, input: number, output: number) {
  const names = `(?:[a-z]+\\.)?(?:amazon\\.)?${model}(?:-v1:0)?`;
  return { model, names, list: { input, output, cached: input / 4 } };
}
