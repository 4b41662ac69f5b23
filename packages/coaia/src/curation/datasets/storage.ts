/** SQL of datasets. */
import type { Database, DatasetRow, Transaction } from '#store';

type Reader = Pick<Transaction, 'read'>;

/** A dataset with the number of its active items. */
export type CountedDatasetRow = DatasetRow & { readonly item_count: number | string };

const COUNT = `(SELECT count(*) FROM dataset_items i
  WHERE i.project_id = datasets.project_id AND i.dataset_id = datasets.id
    AND i.valid_to IS NULL AND i.status = 'ACTIVE') AS item_count`;

/** One page, newest first. */
export function readDatasets(
  db: Database,
  projectId: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly CountedDatasetRow[]> {
  return db.read(
    `SELECT *, ${COUNT} FROM datasets WHERE project_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`,
    [projectId, page.limit, page.offset],
  );
}

export async function readDatasetCount(db: Database, projectId: string): Promise<number> {
  const [row] = await db.read<{ readonly total: number | string }>(
    'SELECT count(*) AS total FROM datasets WHERE project_id = ?',
    [projectId],
  );
  return Number(row?.total ?? 0);
}

/** The dataset with this name, or undefined. */
export async function readDatasetByName(
  reader: Reader,
  projectId: string,
  name: string,
): Promise<DatasetRow | undefined> {
  const [row] = await reader.read<DatasetRow>(
    'SELECT * FROM datasets WHERE project_id = ? AND name = ?',
    [projectId, name],
  );
  return row;
}

/** The dataset with this id, or undefined. */
export async function readDataset(
  reader: Reader,
  projectId: string,
  id: string,
): Promise<DatasetRow | undefined> {
  const [row] = await reader.read<DatasetRow>(
    'SELECT * FROM datasets WHERE project_id = ? AND id = ?',
    [projectId, id],
  );
  return row;
}

/** Removes the dataset, every version of its items, its runs and the scores of those runs. */
export async function removeDataset(
  tx: Transaction,
  projectId: string,
  datasetId: string,
): Promise<void> {
  const values = [projectId, projectId, datasetId];
  const runs = 'SELECT id FROM dataset_runs WHERE project_id = ? AND dataset_id = ?';
  const scores = await tx.run(
    `DELETE FROM scores WHERE project_id = ? AND dataset_run_id IN (${runs})`,
    values,
  );
  if (scores > 0) await tx.addToCounter(projectId, 'scores', -scores);
  await tx.run(
    `DELETE FROM dataset_run_items WHERE project_id = ? AND run_id IN (${runs})`,
    values,
  );
  for (const table of ['dataset_runs', 'dataset_items']) {
    await tx.run(`DELETE FROM ${table} WHERE project_id = ? AND dataset_id = ?`, [
      projectId,
      datasetId,
    ]);
  }
  await tx.run('DELETE FROM datasets WHERE project_id = ? AND id = ?', [projectId, datasetId]);
}
