/** Requests over time, from the ten-second rows of every gateway. */
import { toIso } from '#base';
import type { Scope } from '#base';
import type { PredictionStatRow } from '#store';
import type { PredictionStatPoint, PredictionStats } from '@coaia/client';
import { HOUR_MS, HOURLY, STAT_MS } from '../log/tallies.ts';
import type { PredictionPorts } from '../ports.ts';
import { toShare } from '../shadow/shadow-report.ts';
import { readSince } from '../since.ts';
import { mergeLatency, toLatencyQuantile, type LatencyHistogram } from '../sketches/latency.ts';

export interface StatQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Seconds; rounded up to ten (beyond six hours to whole hours), and so that there are at most 1,000 points. */
  readonly step?: number | undefined;
  readonly version?: number | undefined;
}

const MOST_POINTS = 1000;
const USUAL_POINTS = 60;
/** Longer times are made of whole hours. */
const LONG_MS = 6 * HOUR_MS;

interface Sum {
  predictions: number;
  rows: number;
  failed: number;
  refused: number;
  flagged: number;
  dropped: number;
  totalMs: number;
  readonly latency: LatencyHistogram;
}

/** Points from the first to the last with something in them; shadows are left out. The last hour without a query. */
export async function getStats(
  { db, clock }: Pick<PredictionPorts, 'db' | 'clock'>,
  { projectId }: Scope,
  model: string,
  query: StatQuery,
): Promise<PredictionStats> {
  const now = clock();
  const to = query.to === undefined ? now : readSince(query.to, now);
  const from = query.from === undefined ? to - 3_600_000 : readSince(query.from, now);
  const isLong = to - from > LONG_MS;
  const unit = isLong ? HOUR_MS : STAT_MS;
  const step = toStep(to - from, query.step, unit);
  const rows = await db.read<PredictionStatRow>(
    `SELECT * FROM prediction_stats WHERE project_id = ? AND model = ? AND at >= ? AND at <= ? AND route = ? ORDER BY at`,
    [projectId, model, Math.floor(from / unit) * unit, to, isLong ? `live${HOURLY}` : 'live'],
  );
  const wanted = rows.filter(
    ({ version }) => query.version === undefined || version === query.version,
  );
  const points = Map.groupBy(wanted, ({ at }) => Math.floor(at / step) * step);
  const total = toSum(wanted);
  return {
    model,
    stepSeconds: step / 1000,
    data: [...points].map(([at, part]) =>
      toPoint(at, toSum(part), Math.min(step, Math.max(unit, now - at))),
    ),
    total: toPoint(from, total, Math.max(STAT_MS, to - from)),
    errorRate: toRate(total, total.failed + total.refused),
    flaggedRate: toRate(total, total.flagged),
    versions: toShares(rows),
  };
}

const toRate = ({ predictions }: Sum, hits: number) =>
  predictions === 0 ? null : toShare(hits, predictions);

function toStep(span: number, wanted: number | undefined, unit: number): number {
  const least = Math.max(unit, span / MOST_POINTS);
  const step = wanted === undefined ? span / USUAL_POINTS : wanted * 1000;
  return Math.ceil(Math.max(least, step) / unit) * unit;
}

function toSum(rows: readonly PredictionStatRow[]): Sum {
  const sum: Sum = {
    predictions: 0,
    rows: 0,
    failed: 0,
    refused: 0,
    flagged: 0,
    dropped: 0,
    totalMs: 0,
    latency: {},
  };
  for (const row of rows) {
    sum.predictions += row.predictions;
    sum.rows += row.row_count;
    sum.failed += row.failed;
    sum.refused += row.refused;
    sum.flagged += row.flagged;
    sum.dropped += row.dropped;
    sum.totalMs += row.total_ms;
    mergeLatency(sum.latency, JSON.parse(row.latency) as LatencyHistogram);
  }
  return sum;
}

function toPoint(
  at: number,
  { latency, totalMs, ...counts }: Sum,
  ms: number,
): PredictionStatPoint {
  return {
    at: toIso(at),
    ...counts,
    perSecond: counts.predictions / (ms / 1000),
    meanMs: counts.predictions === 0 ? null : totalMs / counts.predictions,
    p50Ms: toLatencyQuantile(latency, 0.5),
    p95Ms: toLatencyQuantile(latency, 0.95),
    p99Ms: toLatencyQuantile(latency, 0.99),
  };
}

function toShares(rows: readonly PredictionStatRow[]): PredictionStats['versions'] {
  const total = rows.reduce((sum, { predictions }) => sum + predictions, 0);
  return [...Map.groupBy(rows, ({ version }) => version)]
    .map(([version, part]) => {
      const predictions = part.reduce((sum, row) => sum + row.predictions, 0);
      return { version, predictions, share: total === 0 ? 0 : predictions / total };
    })
    .toSorted((left, right) => right.version - left.version);
}
