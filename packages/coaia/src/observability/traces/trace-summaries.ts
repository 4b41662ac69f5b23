/** What many traces have in common: how many, how long, how dear, how often they failed. */
import type { TraceListItem } from '@coaia/client';

export const GROUPINGS = [
  'name',
  'user',
  'session',
  'tag',
  'environment',
  'release',
  'version',
  'day',
  'hour',
] as const;

export type Grouping = (typeof GROUPINGS)[number];

/** One group of traces; durations in seconds, cost in US dollars. */
export interface TraceSummary {
  /** Value that the traces of the group share; null for those without one. */
  readonly group: string | null;
  readonly traces: number;
  readonly observations: number;
  /** Traces whose worst observation failed; null when the server does not say. */
  readonly errors: number | null;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  readonly cost: number;
}

const KEYS: Readonly<Record<Grouping, (trace: TraceListItem) => readonly (string | null)[]>> = {
  name: ({ name }) => [name],
  user: ({ userId }) => [userId],
  session: ({ sessionId }) => [sessionId],
  tag: ({ tags }) => (tags.length === 0 ? [null] : tags),
  environment: ({ environment }) => [environment],
  release: ({ release }) => [release],
  version: ({ version }) => [version],
  day: ({ timestamp }) => [timestamp.slice(0, 10)],
  hour: ({ timestamp }) => [`${timestamp.slice(0, 13)}:00Z`],
};

/** Groups with the most traces first, equal ones by name; times in their order. A trace with several tags counts under each. */
export function toTraceSummaries(
  traces: readonly TraceListItem[],
  by: Grouping,
): readonly TraceSummary[] {
  const groups = new Map<string | null, TraceListItem[]>();
  for (const trace of traces) {
    for (const key of KEYS[by](trace)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [trace]);
      else group.push(trace);
    }
  }
  const summaries = [...groups].map(([group, members]) => toSummary(group, members));
  const isTime = by === 'day' || by === 'hour';
  return summaries.toSorted((left, right) =>
    isTime || left.traces === right.traces
      ? compareGroups(left.group, right.group)
      : right.traces - left.traces,
  );
}

/** By text; those without a value come last. */
function compareGroups(left: string | null, right: string | null): number {
  if (left === null || right === null) return left === null ? 1 : -1;
  return left < right ? -1 : 1;
}

function toSummary(group: string | null, traces: readonly TraceListItem[]): TraceSummary {
  const durations = traces.map(({ latency }) => latency).toSorted((a, b) => a - b);
  const levels = traces.map(({ level }) => level);
  return {
    group,
    traces: traces.length,
    observations: traces.reduce((sum, { observations }) => sum + observations.length, 0),
    errors: levels.every((level) => level === undefined)
      ? null
      : levels.filter((level) => level === 'ERROR').length,
    p50: findPercentile(durations, 0.5),
    p95: findPercentile(durations, 0.95),
    longest: durations.at(-1) ?? 0,
    // Sums of binary fractions end in noise.
    cost: Number(traces.reduce((sum, { totalCost }) => sum + totalCost, 0).toPrecision(12)),
  };
}

/** The least value that this share of the sorted values does not exceed (nearest rank). */
export function findPercentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
