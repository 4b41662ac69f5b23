import type { Run } from './runs.ts';

/** How repetitions of the same run differ. */
export interface Spread {
  readonly done: number;
  /** Answers that no other repetition gave. */
  readonly distinct: number;
  /** Milliseconds: least, median, most. */
  readonly latency: readonly [number, number, number];
  /** Tokens of the answers: least, median, most; null when a server did not report them. */
  readonly output: readonly [number, number, number] | null;
  /** US dollars of all; null when one of them is not known. */
  readonly cost: number | null;
  /** How many had the right form; null without a schema. */
  readonly valid: number | null;
}

/** Undefined before two repetitions are done. */
export function toSpread(runs: readonly Run[]): Spread | undefined {
  const answers = runs.flatMap(({ answer }) => (answer === undefined ? [] : [answer]));
  if (answers.length < 2) return undefined;
  const output = answers.map(({ usage }) => usage?.output ?? null);
  const costs = answers.map(({ cost }) => cost);
  const checks = answers.flatMap(({ check }) => (check === null ? [] : [check.isValid]));
  return {
    done: answers.length,
    distinct: new Set(answers.map((one) => `${one.content}\0${JSON.stringify(one.toolCalls)}`))
      .size,
    latency: toRange(answers.map(({ latencyMs }) => latencyMs)),
    output: isKnown(output) ? toRange(output) : null,
    cost: isKnown(costs) ? costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0) : null,
    valid: checks.length === 0 ? null : checks.filter(Boolean).length,
  };
}

function isKnown(values: readonly (number | null)[]): values is readonly number[] {
  return values.every((value) => value !== null);
}

function toRange(values: readonly number[]): readonly [number, number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const low = sorted[Math.floor(middle)] ?? 0;
  const high = sorted[Math.ceil(middle)] ?? 0;
  return [sorted[0] ?? 0, (low + high) / 2, sorted.at(-1) ?? 0];
}
