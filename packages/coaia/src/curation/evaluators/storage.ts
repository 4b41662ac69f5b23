/** SQL of evaluators and their versions. */
import type {
  Database,
  EvaluationRuleRow,
  EvaluatorRow,
  EvaluatorVersionRow,
  Transaction,
} from '#store';
import type { StoredEvaluator } from './evaluator.ts';

type Reader = Pick<Transaction, 'read'>;

const WITH_VERSION = `SELECT e.*, v.id AS version_id, v.created_at AS version_created_at, v.definition
  FROM evaluators e
  JOIN evaluator_versions v ON v.project_id = e.project_id AND v.evaluator_id = e.id AND v.version = e.version`;

/** Where a page with a cursor goes on: after this row. */
export interface Place {
  readonly time: number;
  readonly id: string;
}

/** Evaluators after a place, newest first. */
export function readEvaluatorsAfter(
  db: Database,
  projectId: string,
  { after, limit }: { readonly after: Place | undefined; readonly limit: number },
): Promise<readonly StoredEvaluator[]> {
  const place =
    after === undefined ? '' : 'AND (e.created_at < ? OR (e.created_at = ? AND e.id < ?))';
  return db.read(
    `${WITH_VERSION} WHERE e.project_id = ? ${place} ORDER BY e.created_at DESC, e.id DESC LIMIT ?`,
    [projectId, ...(after === undefined ? [] : [after.time, after.time, after.id]), limit],
  );
}

/** One numbered page, newest first. */
export function readEvaluatorPage(
  db: Database,
  projectId: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<readonly StoredEvaluator[]> {
  return db.read(
    `${WITH_VERSION} WHERE e.project_id = ? ORDER BY e.created_at DESC, e.id DESC LIMIT ? OFFSET ?`,
    [projectId, limit, offset],
  );
}

export async function readEvaluatorCount(db: Database, projectId: string): Promise<number> {
  const [row] = await db.read<{ readonly total: number | string }>(
    'SELECT count(*) AS total FROM evaluators WHERE project_id = ?',
    [projectId],
  );
  return Number(row?.total ?? 0);
}

/** One evaluator with its newest version, or undefined. */
export async function readEvaluator(
  db: Reader,
  projectId: string,
  id: string,
): Promise<StoredEvaluator | undefined> {
  const [row] = await db.read<StoredEvaluator>(
    `${WITH_VERSION} WHERE e.project_id = ? AND e.id = ?`,
    [projectId, id],
  );
  return row;
}

/** The newest evaluator of a name and type, or undefined. */
export async function readEvaluatorByName(
  db: Reader,
  projectId: string,
  wanted: { readonly name: string; readonly type?: EvaluatorRow['type'] | undefined },
): Promise<StoredEvaluator | undefined> {
  const rows = await db.read<StoredEvaluator>(
    `${WITH_VERSION} WHERE e.project_id = ? AND e.name = ? ORDER BY e.created_at DESC, e.id DESC LIMIT 100`,
    [projectId, wanted.name],
  );
  return rows.find(({ type }) => wanted.type === undefined || type === wanted.type);
}

/** Versions before a number, newest first. */
export function readVersions(
  db: Database,
  projectId: string,
  evaluatorId: string,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<readonly EvaluatorVersionRow[]> {
  return db.read(
    `SELECT * FROM evaluator_versions
     WHERE project_id = ? AND evaluator_id = ? AND version < ? ORDER BY version DESC LIMIT ?`,
    [projectId, evaluatorId, before ?? Number.MAX_SAFE_INTEGER, limit],
  );
}

/** Every rule of the project, newest first; there are hundreds at most. */
export function readAllRules(db: Reader, projectId: string): Promise<readonly EvaluationRuleRow[]> {
  return db.read(
    'SELECT * FROM evaluation_rules WHERE project_id = ? ORDER BY created_at DESC, id DESC',
    [projectId],
  );
}

/** A connection to a model server, as far as preflight needs it. */
export interface ConnectionHead {
  readonly provider: string;
  readonly custom_models: string;
}

/** Connections of the project, oldest first. */
export function readConnections(db: Reader, projectId: string): Promise<readonly ConnectionHead[]> {
  return db.read(
    'SELECT provider, custom_models FROM llm_connections WHERE project_id = ? ORDER BY created_at, id',
    [projectId],
  );
}
