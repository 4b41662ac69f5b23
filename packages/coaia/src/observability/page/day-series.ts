/** The last 24 hours in half-hour steps: traces, errors, cost and latency. Runs away from the event loop. */
import { toIso, type Scope } from '#base';
import type { ObservabilityPorts } from '../ports.ts';

const STEP_MS = 1_800_000;
const STEPS = 48;
const TIMEOUT_MS = 5000;

export interface DayBucket {
  readonly start: string;
  readonly count: number;
  readonly errors: number;
  readonly totalCost: number;
  /** 95th percentile by nearest rank; null when nothing ended. */
  readonly p95LatencyMs: number | null;
}

interface Row {
  readonly start: number | string;
  readonly traces: number | string;
  readonly errors: number | string;
  readonly cost: number | null;
  readonly p95: number | string | null;
}

/** 48 buckets, the newest one still filling. */
export async function readDaySeries(
  ports: ObservabilityPorts,
  scope: Scope,
  signal: AbortSignal,
): Promise<{ readonly intervalMs: number; readonly buckets: readonly DayBucket[] }> {
  const end = (Math.floor(ports.clock() / STEP_MS) + 1) * STEP_MS;
  const from = end - STEPS * STEP_MS;
  const start = ports.db.dialect.bucket('t.timestamp', STEP_MS);
  // Traces without an end sort last, so the rank counts only those that ended.
  const rows = await ports.db.scan<Row>(
    `WITH ranked AS (
       SELECT ${start} AS start, t.error_count, t.total_cost, t.end_time - t.start_time AS latency,
         row_number() OVER (PARTITION BY ${start} ORDER BY t.end_time - t.start_time NULLS LAST) AS place,
         count(t.end_time) OVER (PARTITION BY ${start}) AS ended
       FROM traces t WHERE t.project_id = ? AND t.timestamp >= ? AND t.timestamp < ?)
     SELECT start, count(*) AS traces, sum(CASE WHEN error_count > 0 THEN 1 ELSE 0 END) AS errors,
       sum(total_cost) AS cost, max(CASE WHEN place <= (ended * 95 + 99) / 100 THEN latency END) AS p95
     FROM ranked GROUP BY start`,
    [scope.projectId, from, end],
    { timeoutMs: TIMEOUT_MS, signal },
  );
  const byStart = new Map(rows.map((row) => [Number(row.start), row]));
  const buckets = Array.from({ length: STEPS }, (_, index) => {
    const time = from + index * STEP_MS;
    return toBucket(time, byStart.get(time));
  });
  return { intervalMs: STEP_MS, buckets };
}

function toBucket(time: number, row: Row | undefined): DayBucket {
  const p95 = row?.p95 ?? null;
  return {
    start: toIso(time),
    count: Number(row?.traces ?? 0),
    errors: Number(row?.errors ?? 0),
    totalCost: row?.cost ?? 0,
    p95LatencyMs: p95 === null ? null : Number(p95),
  };
}
