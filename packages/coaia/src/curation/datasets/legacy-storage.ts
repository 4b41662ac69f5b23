/** What the first Langfuse API shows inside a dataset. */
import type { Database } from '#store';
import type { StoredDatasetItem } from '../dataset-items/dataset-item.ts';

const ACTIVE = `i.project_id = ? AND i.dataset_id = ? AND i.valid_to IS NULL AND i.status = 'ACTIVE'`;
const NEWEST = 'ORDER BY i.created_at DESC, i.id DESC';

/** All active items, newest first. */
export function readActiveItems(
  db: Database,
  projectId: string,
  datasetId: string,
): Promise<readonly StoredDatasetItem[]> {
  return db.scan(
    `SELECT i.*, d.name AS dataset_name FROM dataset_items i
     JOIN datasets d ON d.project_id = i.project_id AND d.id = i.dataset_id
     WHERE ${ACTIVE} ${NEWEST}`,
    [projectId, datasetId],
  );
}

/** Ids of all active items, newest first. */
export async function readItemIds(
  db: Database,
  projectId: string,
  datasetId: string,
): Promise<readonly string[]> {
  const rows = await db.scan<{ readonly id: string }>(
    `SELECT i.id FROM dataset_items i WHERE ${ACTIVE} ${NEWEST}`,
    [projectId, datasetId],
  );
  return rows.map(({ id }) => id);
}

/** Names of all runs, newest first. */
export async function readRunNames(
  db: Database,
  projectId: string,
  datasetId: string,
): Promise<readonly string[]> {
  const rows = await db.read<{ readonly name: string }>(
    'SELECT name FROM dataset_runs WHERE project_id = ? AND dataset_id = ? ORDER BY created_at DESC, id DESC',
    [projectId, datasetId],
  );
  return rows.map(({ name }) => name);
}
