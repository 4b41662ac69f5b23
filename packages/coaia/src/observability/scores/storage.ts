/** SQL that reads scores. */
import type { Database, ScoreRow } from '#store';
import type { StoredScore } from './score.ts';

const COLUMNS = [
  'project_id',
  'id',
  'trace_id',
  'observation_id',
  'session_id',
  'dataset_run_id',
  'name',
  'value',
  'string_value',
  'data_type',
  'source',
  'comment',
  'metadata',
  'config_id',
  'queue_id',
  'author_user_id',
  'environment',
  'timestamp',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof ScoreRow)[];

/** Short form for lists. */
export interface ScoreMark {
  readonly trace_id: string;
  readonly id: string;
  readonly name: string;
  readonly value: number | null;
  readonly string_value: string | null;
  readonly data_type: string;
}

/** All scores of one trace, its observations' included, oldest first. */
export function readScoresOfTrace(
  db: Database,
  projectId: string,
  traceId: string,
): Promise<readonly StoredScore[]> {
  return db.read(
    `SELECT ${COLUMNS.join(', ')} FROM scores WHERE project_id = ? AND trace_id = ? ORDER BY timestamp, id`,
    [projectId, traceId],
  );
}

/** Scores of several traces in short form, oldest first. */
export function readScoreMarks(
  db: Database,
  projectId: string,
  traceIds: readonly string[],
): Promise<readonly ScoreMark[]> {
  if (traceIds.length === 0) return Promise.resolve([]);
  return db.read(
    `SELECT trace_id, id, name, value, string_value, data_type FROM scores
     WHERE project_id = ? AND trace_id IS NOT NULL AND ${db.dialect.inList('trace_id')} ORDER BY timestamp, id`,
    [projectId, JSON.stringify(traceIds)],
  );
}
