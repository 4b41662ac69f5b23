/** Datasets in the form of the first Langfuse API: with their items and the names of their runs inside. */
import { toPageMeta, type Scope } from '#base';
import type { Dataset, DatasetItem, Paged } from '@coaia/client';
import { toDatasetItem } from '../dataset-items/dataset-item.ts';
import { addMediaReferences } from '../dataset-items/media-references.ts';
import type { CurationPorts } from '../ports.ts';
import { toDataset } from './dataset.ts';
import { requireDataset } from './datasets.ts';
import { readActiveItems, readItemIds, readRunNames } from './legacy-storage.ts';
import { readDatasetCount, readDatasets } from './storage.ts';

/** Ids of items and names of runs. */
export type LegacyDatasetLine = Dataset & {
  readonly items: readonly string[];
  readonly runs: readonly string[];
};

/** Whole items and names of runs. */
export type LegacyDataset = Dataset & {
  readonly items: readonly DatasetItem[];
  readonly runs: readonly string[];
};

export async function listLegacyDatasets(
  ports: CurationPorts,
  scope: Scope,
  { page, limit }: { readonly page: number; readonly limit: number },
): Promise<Paged<LegacyDatasetLine>> {
  const { db } = ports;
  const [rows, total] = await Promise.all([
    readDatasets(db, scope.projectId, { limit, offset: (page - 1) * limit }),
    readDatasetCount(db, scope.projectId),
  ]);
  const data = await Promise.all(
    rows.map(async (row) => ({
      ...toDataset(row),
      items: await readItemIds(db, scope.projectId, row.id),
      runs: await readRunNames(db, scope.projectId, row.id),
    })),
  );
  return { data, meta: toPageMeta(page, limit, total) };
}

/** Fails with COAIA-0003. */
export async function getLegacyDataset(
  ports: CurationPorts,
  scope: Scope,
  name: string,
): Promise<LegacyDataset> {
  const { db } = ports;
  const row = await requireDataset(db, scope.projectId, name);
  const [items, runs] = await Promise.all([
    readActiveItems(db, scope.projectId, row.id),
    readRunNames(db, scope.projectId, row.id),
  ]);
  const whole = await addMediaReferences(ports, scope, items.map(toDatasetItem));
  return { ...toDataset(row), items: whole, runs };
}
