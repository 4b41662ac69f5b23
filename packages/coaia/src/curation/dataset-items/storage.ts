/** SQL of dataset items. Every change is a new version; the one without an end is current. */
import type { Database, DatasetItemRow, SqlValue, Transaction } from '#store';
import type { StoredDatasetItem } from './dataset-item.ts';

type Reader = Pick<Transaction, 'read'>;

const FROM =
  'FROM dataset_items i JOIN datasets d ON d.project_id = i.project_id AND d.id = i.dataset_id';

/** Which items a list shows; times in epoch milliseconds. */
export interface ItemSelection {
  readonly datasetId?: string | undefined;
  readonly sourceTraceId?: string | undefined;
  readonly sourceObservationId?: string | undefined;
  /** The items as they were then; the current ones when absent. */
  readonly version?: number | undefined;
  readonly includeArchived: boolean;
}

/** One page, newest first. */
export function readItems(
  db: Database,
  projectId: string,
  selection: ItemSelection,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly StoredDatasetItem[]> {
  const { where, parameters } = toWhere(projectId, selection);
  return db.read(
    `SELECT i.*, d.name AS dataset_name ${FROM} WHERE ${where}
     ORDER BY i.created_at DESC, i.id DESC LIMIT ? OFFSET ?`,
    [...parameters, page.limit, page.offset],
  );
}

export async function readItemCount(
  db: Database,
  projectId: string,
  selection: ItemSelection,
): Promise<number> {
  const { where, parameters } = toWhere(projectId, selection);
  const [row] = await db.scan<{ readonly total: number | string }>(
    `SELECT count(*) AS total FROM dataset_items i WHERE ${where}`,
    parameters,
  );
  return Number(row?.total ?? 0);
}

function toWhere(projectId: string, selection: ItemSelection) {
  const conditions = ['i.project_id = ?'];
  const parameters: SqlValue[] = [projectId];
  const add = (condition: string, ...values: readonly (SqlValue | undefined)[]) => {
    if (values.some((value) => value === undefined)) return;
    conditions.push(condition);
    parameters.push(...(values as SqlValue[]));
  };
  add('i.dataset_id = ?', selection.datasetId);
  add('i.source_trace_id = ?', selection.sourceTraceId);
  add('i.source_observation_id = ?', selection.sourceObservationId);
  const { version } = selection;
  if (version === undefined) add('i.valid_to IS NULL');
  else add('i.valid_from <= ? AND (i.valid_to IS NULL OR i.valid_to > ?)', version, version);
  if (!selection.includeArchived) add(`i.status = 'ACTIVE'`);
  return { where: conditions.join(' AND '), parameters };
}

/** The current version of an item, or undefined. */
export async function readItem(
  reader: Reader,
  projectId: string,
  id: string,
): Promise<StoredDatasetItem | undefined> {
  const [row] = await reader.read<StoredDatasetItem>(
    `SELECT i.*, d.name AS dataset_name ${FROM}
     WHERE i.project_id = ? AND i.id = ? AND i.valid_to IS NULL`,
    [projectId, id],
  );
  return row;
}

/** The newest version of an item, also of one that was deleted since. */
export async function readNewestVersion(
  reader: Reader,
  projectId: string,
  id: string,
): Promise<StoredDatasetItem | undefined> {
  const [row] = await reader.read<StoredDatasetItem>(
    `SELECT i.*, d.name AS dataset_name ${FROM}
     WHERE i.project_id = ? AND i.id = ? ORDER BY i.valid_from DESC LIMIT 1`,
    [projectId, id],
  );
  return row;
}

/** All current items of a dataset, whatever their status. */
export function readItemsOfDataset(
  reader: Reader,
  projectId: string,
  datasetId: string,
): Promise<readonly DatasetItemRow[]> {
  return reader.read(
    'SELECT * FROM dataset_items WHERE project_id = ? AND dataset_id = ? AND valid_to IS NULL ORDER BY id',
    [projectId, datasetId],
  );
}

/** Ends the current version. */
export async function endVersion(
  tx: Transaction,
  item: Pick<DatasetItemRow, 'project_id' | 'id'>,
  at: number,
): Promise<void> {
  await tx.run(
    'UPDATE dataset_items SET valid_to = ? WHERE project_id = ? AND id = ? AND valid_to IS NULL',
    [at, item.project_id, item.id],
  );
}

/** Removes what links the item to runs. */
export async function removeRunItemsOf(
  tx: Transaction,
  projectId: string,
  itemId: string,
): Promise<void> {
  await tx.run('DELETE FROM dataset_run_items WHERE project_id = ? AND dataset_item_id = ?', [
    projectId,
    itemId,
  ]);
}
