/** Counts of traces over time. Runs away from the event loop. */
import { toIso, type Scope } from '#base';
import type { SqlValue } from '#store';
import type { ObservabilityPorts } from '../ports.ts';
import { addCondition, toListFilter, toTraceWhere, type ListScope } from './list-filter.ts';
import { fragment } from '../filter/fragment.ts';

const TIMEOUT_MS = 8000;

/** Steps a person reads easily, in milliseconds, up to a week; beyond that whole weeks. */
const STEPS = [
  100, 250, 500, 1000, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 900_000, 1_800_000,
  3_600_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 604_800_000,
];

export interface HistogramBucket {
  readonly start: string;
  readonly count: number;
  /** Traces with at least one error. */
  readonly errors: number;
}

export interface TraceHistogram {
  readonly intervalMs: number;
  readonly buckets: readonly HistogramBucket[];
}

/** Counts in about `buckets` steps between the bounds; without bounds, between the first and the last match. */
export async function readTraceHistogram(
  ports: ObservabilityPorts,
  scope: Scope,
  list: ListScope & { readonly buckets: number },
  signal: AbortSignal,
): Promise<TraceHistogram> {
  const filter = toListFilter(ports, list);
  const where = toTraceWhere(scope.projectId, filter);
  const scan = <Row>(sql: string, parameters: readonly SqlValue[]) =>
    ports.db.scan<Row>(sql, parameters, { timeoutMs: TIMEOUT_MS, signal });
  const [ends] = await scan<{ readonly first: number | null; readonly last: number | null }>(
    `SELECT min(t.timestamp) AS first, max(t.timestamp) AS last FROM traces t WHERE ${where.sql}`,
    where.parameters,
  );
  if (ends === undefined || ends.first === null || ends.last === null) {
    return { intervalMs: toStep((list.to ?? 0) - (list.from ?? 0), list.buckets), buckets: [] };
  }
  const from = list.from ?? ends.first;
  const to = Math.max(from + 1, list.to ?? ends.last + 1);
  const step = toStep(to - from, list.buckets);
  const start = ports.db.dialect.bucket('t.timestamp', step);
  const inside = toTraceWhere(
    scope.projectId,
    addCondition(filter, fragment('t.timestamp >= ? AND t.timestamp < ?', from, to)),
  );
  const rows = await scan<BucketRow>(
    `SELECT ${start} AS start, count(*) AS count, sum(CASE WHEN t.error_count > 0 THEN 1 ELSE 0 END) AS errors
     FROM traces t WHERE ${inside.sql} GROUP BY 1 ORDER BY 1`,
    inside.parameters,
  );
  return { intervalMs: step, buckets: toBuckets(rows, from, to, step) };
}

interface BucketRow {
  readonly start: number | string;
  readonly count: number | string;
  readonly errors: number | string;
}

/** Every step between the ends, also the empty ones. */
function toBuckets(
  rows: readonly BucketRow[],
  from: number,
  to: number,
  step: number,
): readonly HistogramBucket[] {
  const byStart = new Map(rows.map((row) => [Number(row.start), row]));
  const buckets: HistogramBucket[] = [];
  for (let start = Math.floor(from / step) * step; start < to; start += step) {
    const row = byStart.get(start);
    buckets.push({
      start: toIso(start),
      count: Number(row?.count ?? 0),
      errors: Number(row?.errors ?? 0),
    });
  }
  return buckets;
}

/** The smallest readable step that needs no more than `buckets` of them. */
export function toStep(span: number, buckets: number): number {
  const least = Math.max(1, span / buckets);
  const week = STEPS.at(-1) ?? least;
  return STEPS.find((step) => step >= least) ?? Math.ceil(least / week) * week;
}
