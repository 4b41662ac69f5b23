/** Numbers over samples. */
import { sumOrNull, type Sample } from './collect.ts';

export type Grouping = 'step' | 'version' | 'env';

/** Times in milliseconds; null where there is nothing to count. */
export interface Summary {
  readonly runs: number;
  readonly failed: number;
  /** Of those that ended, between 0 and 1. */
  readonly success: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** 95th percentile of the time before the start. */
  readonly queue: number | null;
  readonly tokens: number | null;
  readonly cost: number | null;
}

export type GroupSummary = Summary & { readonly group: string };

type Counted = Pick<Sample, 'state' | 'took' | 'queued' | 'tokens' | 'cost'>;

export function summarize(samples: readonly Counted[]): Summary {
  const took = present(samples.map((sample) => sample.took));
  const succeeded = samples.filter(({ state }) => state === 'succeeded').length;
  const failed = samples.filter(({ state }) => state === 'failed').length;
  return {
    runs: samples.length,
    failed,
    success: succeeded + failed === 0 ? null : succeeded / (succeeded + failed),
    p50: percentile(took, 0.5),
    p95: percentile(took, 0.95),
    p99: percentile(took, 0.99),
    queue: percentile(present(samples.map((sample) => sample.queued)), 0.95),
    tokens: sumOrNull(present(samples.map((sample) => sample.tokens))),
    cost: sumOrNull(present(samples.map((sample) => sample.cost))),
  };
}

/** One summary for each step, version or environment, in the order of first appearance. */
export function summarizeBy(samples: readonly Sample[], by: Grouping): readonly GroupSummary[] {
  const chosen = samples.filter(({ step }) => (by === 'step') === (step !== null));
  const several = new Set(chosen.map(({ pipeline }) => pipeline)).size > 1;
  const groups = Map.groupBy(chosen, (sample) => {
    const key = { step: sample.step ?? '', version: sample.version, env: sample.environment }[by];
    return several && by !== 'env' ? `${sample.pipeline} ${key}` : key;
  });
  return [...groups].map(([group, members]) => ({ group, ...summarize(members) }));
}

function present(values: readonly (number | null)[]): readonly number[] {
  return values.filter((value) => value !== null);
}

/** Between the two values around the place, as percentile_cont of the SQL standard has it. */
export function percentile(values: readonly number[], fraction: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * fraction;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) return null;
  return low + (high - low) * (place - Math.floor(place));
}
