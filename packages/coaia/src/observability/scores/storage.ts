/** SQL that reads scores. */
import type { Database, Dialect, ScoreRow, Transaction } from '#store';
import type { CompiledFilter } from '../filter/compile-filter.ts';
import type { Fragment } from '../filter/fragment.ts';
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

const ALL = COLUMNS.map((column) => `s.${column}`).join(', ');
const NEWEST_FIRST = 'ORDER BY s.timestamp DESC, s.id DESC';

/** What a list asks the store for; newest first. */
export interface ScoreSelection {
  readonly filter: CompiledFilter;
  readonly limit: number;
  readonly offset: number;
}

/** One page of scores, newest first. */
export function readScorePage(
  db: Database,
  projectId: string,
  { filter, limit, offset }: ScoreSelection,
): Promise<readonly StoredScore[]> {
  const source = toSource(db.dialect, projectId, filter);
  const sql = `SELECT ${ALL} ${source.sql} ${NEWEST_FIRST} LIMIT ? OFFSET ?`;
  const parameters = [...source.parameters, limit, offset];
  return filter.quick ? db.read(sql, parameters) : db.scan(sql, parameters);
}

/** How many scores match. */
export async function readScoreCount(
  db: Database,
  projectId: string,
  filter: CompiledFilter,
): Promise<number> {
  const source = toSource(db.dialect, projectId, filter);
  const [row] = await db.scan<{ readonly total: number | string }>(
    `SELECT count(*) AS total ${source.sql}`,
    source.parameters,
  );
  return Number(row?.total ?? 0);
}

function toSource(dialect: Dialect, projectId: string, filter: CompiledFilter): Fragment {
  const { condition, ids } = filter;
  const where = `s.project_id = ?${condition === undefined ? '' : ` AND (${condition.sql})`}`;
  const values = [projectId, ...(condition?.parameters ?? [])];
  if (ids === undefined) return { sql: `FROM scores s WHERE ${where}`, parameters: values };
  const wanted = dialect.jsonArrayRows('?', 'wanted');
  return {
    sql: `FROM ${wanted} CROSS JOIN scores s WHERE s.id = wanted.value AND ${where}`,
    parameters: [JSON.stringify(ids), ...values],
  };
}

/** One score, or undefined. */
export async function readScore(
  reader: Pick<Transaction, 'read'>,
  projectId: string,
  scoreId: string,
): Promise<StoredScore | undefined> {
  const [row] = await reader.read<StoredScore>(
    `SELECT ${ALL} FROM scores s WHERE s.project_id = ? AND s.id = ?`,
    [projectId, scoreId],
  );
  return row;
}

/** What lists show of the trace that a score is about. */
export interface ScoredTrace {
  readonly id: string;
  readonly user_id: string | null;
  readonly tags: string;
  readonly environment: string;
  readonly session_id: string | null;
}

/** The traces with these ids. */
export function readScoredTraces(
  db: Database,
  projectId: string,
  traceIds: readonly string[],
): Promise<readonly ScoredTrace[]> {
  if (traceIds.length === 0) return Promise.resolve([]);
  return db.read(
    `SELECT id, user_id, tags, environment, session_id FROM traces WHERE project_id = ? AND ${db.dialect.inList('id')}`,
    [projectId, JSON.stringify(traceIds)],
  );
}

/** Removes one score; returns what it was about, or undefined when there was none. */
export async function removeScore(
  tx: Transaction,
  projectId: string,
  scoreId: string,
): Promise<StoredScore | undefined> {
  const row = await readScore(tx, projectId, scoreId);
  if (row === undefined) return undefined;
  await tx.run('DELETE FROM scores WHERE project_id = ? AND id = ?', [projectId, scoreId]);
  return row;
}
