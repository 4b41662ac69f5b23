/** Runs metrics queries, away from the event loop. */
import { toIso, type Scope } from '#base';
import type { ScanOptions, SqlRow, SqlValue } from '#store';
import type { ObservabilityPorts } from '../ports.ts';
import { toHistogramStatement, toValuesStatement } from './aggregate-sql.ts';
import { TIME_KEY, toPlan, type MetricsPlan } from './compile-metrics.ts';
import type { MetricsQuery } from './metrics-query.ts';
import { listBuckets } from './time-buckets.ts';
import type { DimensionKind } from './view.ts';

export type MetricsRow = Readonly<Record<string, unknown>>;

const TIMEOUT_MS = 20_000;

/**
 * The rows of a query: dimensions and the time bucket by name, metrics as `aggregation_measure`, numbers as
 * numbers. A time dimension without other dimensions and sort order has a row for every bucket of the range.
 * Fails with COAIA-0107 (422) when it takes too long.
 */
export async function readMetrics(
  ports: ObservabilityPorts,
  scope: Scope,
  query: MetricsQuery,
  options: { readonly limit: number; readonly signal: AbortSignal },
): Promise<{ readonly data: readonly MetricsRow[] }> {
  const { db } = ports;
  const { dialect } = db;
  const plan = toPlan(query, { projectId: scope.projectId, dialect, now: ports.clock() });
  const limit = query.config?.row_limit ?? options.limit;
  const scanning: ScanOptions = { timeoutMs: TIMEOUT_MS, signal: options.signal };
  const statement = toValuesStatement(plan, dialect, limit);
  const rows = await db.scan(statement.sql, statement.parameters, scanning);
  const histograms = await Promise.all(
    plan.histograms.map(async (histogram) => {
      const { sql, parameters } = toHistogramStatement(plan, dialect, histogram, limit);
      return toHistograms(plan, await db.scan(sql, parameters, scanning));
    }),
  );
  const found = rows.map((row) => toAnswer(plan, row, histograms));
  return { data: isSeries(plan) ? addEmptyBuckets(plan, found, limit) : found };
}

function toAnswer(
  plan: MetricsPlan,
  row: SqlRow,
  histograms: readonly ReadonlyMap<string, readonly unknown[]>[],
): MetricsRow {
  const key = toGroupKey(plan, row);
  return Object.fromEntries([
    ...plan.groups.map((group) => [
      group.key,
      toShown(row[group.column] ?? null, plan.view.dimensions[group.key]?.kind ?? 'time'),
    ]),
    ...plan.values.map((value, index) => [value.key, toNumber(row[`v${index}`])]),
    ...plan.histograms.map((value, index) => [value.key, histograms[index]?.get(key) ?? []]),
  ]) as MetricsRow;
}

function toShown(value: SqlValue, kind: DimensionKind | 'time'): unknown {
  if (value === null) return null;
  switch (kind) {
    case 'list':
      return JSON.parse(String(value)) as unknown;
    case 'flag':
      return Number(value) === 1;
    case 'number':
      return Number(value);
    case 'month':
      return toIso(Number(value)).slice(0, 7);
    case 'day':
      return toIso(Number(value)).slice(0, 10);
    case 'time':
      return toIso(Number(value));
    default:
      return value;
  }
}

/** Twelve significant digits: the order in which a database adds does not show. */
function toNumber(value: SqlValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(Number(value).toPrecision(12));
}

function toGroupKey({ groups }: MetricsPlan, row: SqlRow): string {
  return JSON.stringify(groups.map(({ column }) => row[column]));
}

/** By group: `[lower, upper, height]` of the bins that are not empty. */
function toHistograms(
  plan: MetricsPlan,
  rows: readonly SqlRow[],
): ReadonlyMap<string, readonly unknown[]> {
  const bins = plan.query.config?.bins ?? 10;
  const groups = Map.groupBy(rows, (row) => toGroupKey(plan, row));
  const toBin = (row: SqlRow) => {
    const lower = Number(row['lower']);
    const width = (Number(row['upper']) - lower) / bins;
    const bin = Number(row['bin']);
    const edge = (index: number) => toNumber(lower + width * index);
    // All values are the same: one bin that begins and ends there.
    return [edge(width === 0 ? 0 : bin), edge(bin + 1), Number(row['height'])];
  };
  const entries = [...groups].map(([key, members]) => {
    const sorted = members.toSorted((a, b) => Number(a['bin']) - Number(b['bin']));
    return [key, sorted.map(toBin)] as const;
  });
  return new Map(entries);
}

function isSeries({ step, query }: MetricsPlan): boolean {
  return step !== undefined && query.dimensions.length === 0 && query.orderBy.length === 0;
}

function addEmptyBuckets(
  plan: MetricsPlan,
  rows: readonly MetricsRow[],
  limit: number,
): readonly MetricsRow[] {
  const { query, step } = plan;
  if (step === undefined) return rows;
  const known = new Map(rows.map((row) => [row[TIME_KEY], row]));
  const starts = listBuckets(query.fromTimestamp, query.toTimestamp, step, limit);
  return starts.map((start) => known.get(toIso(start)) ?? toEmpty(plan, start));
}

/** Nothing happened: sums and counts are 0, everything else is unknown. */
function toEmpty({ values, histograms }: MetricsPlan, start: number): MetricsRow {
  return Object.fromEntries([
    [TIME_KEY, toIso(start)],
    ...values.map(({ key, aggregation, isText }) => [
      key,
      isText || ['sum', 'count', 'uniq'].includes(aggregation) ? 0 : null,
    ]),
    ...histograms.map(({ key }) => [key, []]),
  ]) as MetricsRow;
}
