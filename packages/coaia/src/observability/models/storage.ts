/** SQL of models. A project has a few of them, so they are read together. */
import type { Database, ModelRow, Transaction } from '#store';

/** Both a transaction and a database read like this. */
export type ModelSource = Pick<Database, 'read'> | Pick<Transaction, 'read'>;

/** All models of a project. */
export function readModels(source: ModelSource, projectId: string): Promise<readonly ModelRow[]> {
  return source.read<ModelRow>('SELECT * FROM models WHERE project_id = ? ORDER BY id', [
    projectId,
  ]);
}

/** One model, or undefined. */
export async function readModel(
  source: ModelSource,
  projectId: string,
  id: string,
): Promise<ModelRow | undefined> {
  const rows = await source.read<ModelRow>('SELECT * FROM models WHERE project_id = ? AND id = ?', [
    projectId,
    id,
  ]);
  return rows[0];
}

/** A text that changes whenever a project's models do; `updated_at` only grows within a project. */
export async function readModelsVersion(source: ModelSource, projectId: string): Promise<string> {
  const [row] = await source.read<{ readonly count: number; readonly latest: number | null }>(
    'SELECT count(*) AS count, max(updated_at) AS latest FROM models WHERE project_id = ?',
    [projectId],
  );
  return `${row?.count ?? 0}:${row?.latest ?? 0}`;
}

/** Stores a model with a time of change that is later than that of every other model of the project. */
export async function writeModel(tx: Transaction, row: ModelRow): Promise<ModelRow> {
  const [last] = await tx.read<{ readonly latest: number | null }>(
    'SELECT max(updated_at) AS latest FROM models WHERE project_id = ?',
    [row.project_id],
  );
  const stored = { ...row, updated_at: Math.max(row.updated_at, (last?.latest ?? 0) + 1) };
  await tx.upsert('models', [stored]);
  return stored;
}

/** Removes a model; false when it is not there. */
export async function removeModel(
  tx: Transaction,
  projectId: string,
  id: string,
): Promise<boolean> {
  const removed = await tx.run('DELETE FROM models WHERE project_id = ? AND id = ?', [
    projectId,
    id,
  ]);
  return removed > 0;
}
