/**
 * Counts of tokens as servers report them. Names of parts are Langfuse's: `input` and `output` without the parts
 * that have a name of their own, so that each token is counted, and paid for, once.
 */
import { isObject } from '#base';
import type { ChatUsage } from '@coaia/client';

function toCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** Counts of an object's members under new names; members that are no counts are left out. */
function toParts(value: unknown, side: 'input' | 'output'): Readonly<Record<string, number>> {
  const entries = Object.entries(isObject(value) ? value : {}).flatMap(([name, count]) => {
    const whole = toCount(count);
    return whole === null || whole === 0 ? [] : [[`${side}_${name}`, whole] as const];
  });
  return Object.fromEntries(entries);
}

/** OpenAI's form. Null when there are no counts; parts are contained in `prompt_tokens` and `completion_tokens`. */
export function toOpenAiUsage(usage: unknown): ChatUsage | null {
  if (!isObject(usage)) return null;
  const input = toCount(usage['prompt_tokens']);
  const output = toCount(usage['completion_tokens']);
  const total = toCount(usage['total_tokens']);
  if (input === null && output === null && total === null) return null;
  return toUsage({
    input,
    output,
    total,
    inputParts: toParts(usage['prompt_tokens_details'], 'input'),
    outputParts: toParts(usage['completion_tokens_details'], 'output'),
  });
}

/** Anthropic's form, in which what was cached is not contained in `input_tokens`; it has no total. */
export function toAnthropicUsage(usage: unknown): ChatUsage | null {
  if (!isObject(usage)) return null;
  const plain = toCount(usage['input_tokens']);
  const output = toCount(usage['output_tokens']);
  if (plain === null && output === null) return null;
  const cached = {
    cache_creation_input_tokens: toCount(usage['cache_creation_input_tokens']) ?? 0,
    cache_read_input_tokens: toCount(usage['cache_read_input_tokens']) ?? 0,
  };
  const inputParts = Object.fromEntries(Object.entries(cached).filter(([, count]) => count > 0));
  const input = plain === null ? null : plain + toSum(inputParts);
  return toUsage({ input, output, total: null, inputParts, outputParts: {} });
}

interface Counts {
  readonly input: number | null;
  readonly output: number | null;
  readonly total: number | null;
  readonly inputParts: Readonly<Record<string, number>>;
  readonly outputParts: Readonly<Record<string, number>>;
}

/** A total that the server left out is the sum of the two counts it gave; nothing else is made up. */
function toUsage({ input, output, inputParts, outputParts, ...given }: Counts): ChatUsage {
  const total = given.total ?? (input === null || output === null ? null : input + output);
  const details = {
    ...toRest('input', input, inputParts),
    ...toRest('output', output, outputParts),
    ...(total === null ? {} : { total }),
  };
  return { input, output, total, details };
}

/** Parts that are larger than the whole are not believed. */
function toRest(
  name: string,
  whole: number | null,
  parts: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  if (whole === null) return {};
  const rest = whole - toSum(parts);
  return rest < 0 ? { [name]: whole } : { [name]: rest, ...parts };
}

function toSum(parts: Readonly<Record<string, number>>): number {
  return Object.values(parts).reduce((sum, count) => sum + count, 0);
}
