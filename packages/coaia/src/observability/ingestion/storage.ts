/** SQL of the write path: reads by id, narrow updates, everything else through `upsert`. */
import type { ObservationRow, ScoreRow, TraceRow, Transaction } from '#store';

/** What of a trace changes when only its observations do: everything but what events said about it. */
const NARROW_COLUMNS = [
  'project_id',
  'id',
  'timestamp',
  'environment',
  'observation_count',
  'error_count',
  'warning_count',
  'open_count',
  'start_time',
  'end_time',
  'total_cost',
  'input_tokens',
  'output_tokens',
  'total_tokens',
  'writers',
] as const satisfies readonly (keyof TraceRow)[];

const AGGREGATE_COLUMNS = NARROW_COLUMNS.slice(2, -1);

/** The in-list fragment of the two dialects differs; it is passed in by the caller. */
export interface StorageContext {
  readonly tx: Transaction;
  readonly projectId: string;
  readonly inIds: string;
}

async function readByIds<Row extends { readonly id: string }>(
  { tx, projectId, inIds }: StorageContext,
  columns: string,
  table: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Row>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.read<Row>(
    `SELECT ${columns} FROM ${table} WHERE project_id = ? AND ${inIds}`,
    [projectId, JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export function readObservations(context: StorageContext, ids: readonly string[]) {
  return readByIds<ObservationRow>(context, '*', 'observations', ids);
}

export function readTraces(context: StorageContext, ids: readonly string[]) {
  return readByIds<TraceRow>(context, '*', 'traces', ids);
}

export function readScores(context: StorageContext, ids: readonly string[]) {
  return readByIds<ScoreRow>(context, '*', 'scores', ids);
}

export function readSessionIds(context: StorageContext, ids: readonly string[]) {
  return readByIds<{ readonly id: string }>(context, 'id', 'sessions', ids);
}

/** Traces without their payload, which stays where it is. */
export function readNarrowTraces(context: StorageContext, ids: readonly string[]) {
  return readByIds<TraceRow>(context, NARROW_COLUMNS.join(', '), 'traces', ids);
}

const UPDATE_AGGREGATES = `UPDATE traces SET ${AGGREGATE_COLUMNS.map((column) => `${column} = ?`).join(', ')}, updated_at = ? WHERE project_id = ? AND id = ?`;

/** Writes the aggregate columns of a trace that was read narrowly. */
export async function updateAggregates(
  { tx }: StorageContext,
  trace: TraceRow,
  now: number,
): Promise<void> {
  await tx.run(UPDATE_AGGREGATES, [
    ...AGGREGATE_COLUMNS.map((column) => trace[column]),
    now,
    trace.project_id,
    trace.id,
  ]);
}

/** The aggregates of a trace, read anew from its observations; null environment when all are `default`. */
export async function readAggregates({ tx, projectId }: StorageContext, traceId: string) {
  const [row] = await tx.read<Aggregates>(READ_AGGREGATES, [projectId, traceId]);
  return row;
}

export interface Aggregates {
  readonly observation_count: number;
  readonly error_count: number;
  readonly warning_count: number;
  readonly open_count: number;
  readonly start_time: number | null;
  readonly end_time: number | null;
  readonly total_cost: number | null;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly total_tokens: number | null;
  readonly environment: string | null;
}

const READ_AGGREGATES = `SELECT COUNT(*) AS observation_count,
  COUNT(CASE WHEN level = 'ERROR' THEN 1 END) AS error_count,
  COUNT(CASE WHEN level = 'WARNING' THEN 1 END) AS warning_count,
  COUNT(CASE WHEN end_time IS NULL AND type <> 'EVENT' THEN 1 END) AS open_count,
  MIN(start_time) AS start_time,
  MAX(CASE WHEN end_time IS NULL AND type = 'EVENT' THEN start_time ELSE end_time END) AS end_time,
  SUM(total_cost) AS total_cost,
  SUM(CASE WHEN total_tokens IS NOT NULL THEN COALESCE(input_tokens, 0) END) AS input_tokens,
  SUM(CASE WHEN total_tokens IS NOT NULL THEN COALESCE(output_tokens, 0) END) AS output_tokens,
  SUM(total_tokens) AS total_tokens,
  MIN(CASE WHEN environment <> 'default' THEN environment END) AS environment
FROM observations WHERE project_id = ? AND trace_id = ?`;

export async function deleteTraceRow({ tx, projectId }: StorageContext, id: string): Promise<void> {
  await tx.run('DELETE FROM traces WHERE project_id = ? AND id = ?', [projectId, id]);
}
