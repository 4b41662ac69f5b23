/** SQL of outcomes. */
import type { Database, Dialect, PredictionOutcomeRow, Transaction } from '#store';
import type { PredictionRecord } from '../observer.ts';

/** Outcomes of these requests, by row. */
export function readOutcomes(
  db: Pick<Transaction, 'read'>,
  dialect: Pick<Dialect, 'inList'>,
  projectId: string,
  model: string,
  requestIds: readonly string[],
): Promise<readonly PredictionOutcomeRow[]> {
  return db.read(
    `SELECT * FROM prediction_outcomes WHERE project_id = ? AND model = ? AND ${dialect.inList('request_id')}
     ORDER BY request_id, row_index`,
    [projectId, model, JSON.stringify(requestIds)],
  );
}

/** Whether this is the prediction that the outcome belongs to, and not another one with its request id. */
export function isOutcomeOf(
  row: Pick<PredictionOutcomeRow, 'trace_id' | 'predicted_at'>,
  prediction: Pick<PredictionRecord, 'traceId' | 'startedAt'>,
): boolean {
  return (
    row.trace_id === prediction.traceId && row.predicted_at === Math.floor(prediction.startedAt)
  );
}

export interface OutcomeFilter {
  readonly model: string;
  readonly version?: number | undefined;
  readonly since?: number | undefined;
  readonly limit: number;
}

/** The outcomes with the greatest loss first. */
export function readWorst(
  db: Database,
  projectId: string,
  filter: OutcomeFilter,
): Promise<readonly PredictionOutcomeRow[]> {
  return read(db, projectId, filter, 'loss IS NOT NULL', 'loss DESC, predicted_at DESC');
}

/** The newest outcomes first. */
export function readLatest(
  db: Database,
  projectId: string,
  filter: OutcomeFilter,
): Promise<readonly PredictionOutcomeRow[]> {
  return read(db, projectId, filter, '1 = 1', 'predicted_at DESC');
}

function read(
  db: Database,
  projectId: string,
  { model, version, since, limit }: OutcomeFilter,
  only: string,
  order: string,
): Promise<readonly PredictionOutcomeRow[]> {
  const parts = ['project_id = ?', 'model = ?', only];
  const values: (string | number)[] = [projectId, model];
  if (version !== undefined) {
    parts.push('version = ?');
    values.push(version);
  }
  if (since !== undefined) {
    parts.push('predicted_at >= ?');
    values.push(since);
  }
  return db.read(
    `SELECT * FROM prediction_outcomes WHERE ${parts.join(' AND ')} ORDER BY ${order}, request_id, row_index LIMIT ?`,
    [...values, limit],
  );
}
