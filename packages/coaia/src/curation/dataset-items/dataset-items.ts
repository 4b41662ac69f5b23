/** What can be done with the items of datasets. */
import { invalidRequest, notFound, toPageMeta, type Scope } from '#base';
import type { Transaction } from '#store';
import type { DatasetItem, DatasetItemInput, Paged } from '@coaia/client';
import { requireDataset } from '../datasets/datasets.ts';
import { datasetFailures } from '../datasets/errors.ts';
import type { CurationPorts } from '../ports.ts';
import { createItemId, toDatasetItem, type StoredDatasetItem } from './dataset-item.ts';
import {
  isSameVersion,
  listItemProblems,
  toCheckedSchemas,
  toMisfit,
  toVersion,
} from './item-version.ts';
import { addMediaReferences, addReferencesOf } from './media-references.ts';
import {
  endVersion,
  readItem,
  readItemCount,
  readItems,
  readNewestVersion,
  removeRunItemsOf,
  type ItemSelection,
} from './storage.ts';

/** A parsed query of `GET /dataset-items`; `version` in epoch milliseconds. */
export interface DatasetItemListQuery {
  readonly page: number;
  readonly limit: number;
  readonly datasetName?: string | undefined;
  readonly sourceTraceId?: string | undefined;
  readonly sourceObservationId?: string | undefined;
  readonly version?: number | undefined;
  readonly includeArchived?: boolean | undefined;
}

/** One page of items, newest first; archived ones only when asked for. Fails with COAIA-0003 for the dataset. */
export async function listDatasetItems(
  ports: CurationPorts,
  scope: Scope,
  query: DatasetItemListQuery,
): Promise<Paged<DatasetItem>> {
  const { db } = ports;
  const { page, limit, datasetName } = query;
  if (query.version !== undefined && datasetName === undefined)
    throw invalidRequest('The version parameter needs datasetName.');
  const dataset =
    datasetName === undefined ? undefined : await requireDataset(db, scope.projectId, datasetName);
  const selection: ItemSelection = {
    datasetId: dataset?.id,
    sourceTraceId: query.sourceTraceId,
    sourceObservationId: query.sourceObservationId,
    version: query.version,
    includeArchived: query.includeArchived === true,
  };
  const [rows, total] = await Promise.all([
    readItems(db, scope.projectId, selection, { limit, offset: (page - 1) * limit }),
    readItemCount(db, scope.projectId, selection),
  ]);
  const data = await addMediaReferences(ports, scope, rows.map(toDatasetItem));
  return { data, meta: toPageMeta(page, limit, total) };
}

/** One item by id, whatever its status. Fails with COAIA-0003. */
export async function getDatasetItem(
  ports: CurationPorts,
  scope: Scope,
  id: string,
): Promise<DatasetItem> {
  const row = await requireItem(ports.db, scope.projectId, id);
  return addReferencesOf(ports, scope, toDatasetItem(row));
}

/**
 * Creates an item, or a new version of the one with this id: absent members stay, null clears. The same content
 * again makes no version. Fails with COAIA-2100 (schema) and COAIA-2103 (id belongs to another dataset).
 */
export async function createDatasetItem(
  ports: CurationPorts,
  scope: Scope,
  input: DatasetItemInput,
): Promise<DatasetItem> {
  const { projectId } = scope;
  const now = ports.clock();
  const id = input.id ?? createItemId(now);
  const item = await ports.db.write(async (tx) => {
    await tx.lock([`dataset-item:${projectId}:${id}`]);
    const dataset = await requireDataset(tx, projectId, input.datasetName);
    const last = await readNewestVersion(tx, projectId, id);
    const old = last?.valid_to === null ? last : undefined;
    if (old !== undefined && old.dataset_id !== dataset.id) {
      throw datasetFailures.create(
        'COAIA-2103',
        `The id ${id} belongs to an item of the dataset ${old.dataset_name}.`,
      );
    }
    // Versions of one item never share their beginning, also when the clock stands still.
    const validFrom =
      last === undefined ? now : Math.max(now, (last.valid_to ?? last.valid_from) + 1);
    const row = toVersion({ projectId, id, validFrom, dataset }, input, old);
    const problems = listItemProblems(toCheckedSchemas(dataset), row);
    if (problems.length > 0) throw toMisfit(dataset, problems);
    if (old !== undefined && isSameVersion(old, row)) return toDatasetItem(old);
    if (old !== undefined) await endVersion(tx, old, validFrom);
    await tx.upsert('dataset_items', [row]);
    return toDatasetItem({ ...row, dataset_name: dataset.name });
  });
  return addReferencesOf(ports, scope, item);
}

/** Ends an item and removes its links to runs; earlier versions of the dataset still show it. */
export async function deleteDatasetItem(
  ports: CurationPorts,
  scope: Scope,
  id: string,
): Promise<{ readonly message: string }> {
  const now = ports.clock();
  await ports.db.write(async (tx) => {
    await tx.lock([`dataset-item:${scope.projectId}:${id}`]);
    const item = await requireItem(tx, scope.projectId, id);
    await endVersion(tx, item, Math.max(now, item.valid_from + 1));
    await removeRunItemsOf(tx, scope.projectId, id);
  });
  return { message: 'Dataset item successfully deleted' };
}

/** The current version of an item. Fails with COAIA-0003. */
export async function requireItem(
  reader: Pick<Transaction, 'read'>,
  projectId: string,
  id: string,
): Promise<StoredDatasetItem> {
  const row = await readItem(reader, projectId, id);
  if (row === undefined)
    throw notFound('Dataset item', id, 'coaia fuse dataset-items list DATASET');
  return row;
}
