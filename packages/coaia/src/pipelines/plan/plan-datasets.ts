/** Datasets and their items. Items have ids, so writing one again changes nothing. */
import { isDeepStrictEqual } from 'node:util';
import { isCoaiaError } from '#base';
import type { Dataset, DatasetItem, DatasetsApi } from '@coaia/client';
import type { Change, SourceFile } from './change.ts';
import { parseDatasetFile, type DatasetFile } from './dataset-file.ts';
import { diffFields } from './differences.ts';

const PAGE_SIZE = 100;

export async function planDatasets(
  api: DatasetsApi,
  files: readonly SourceFile[],
  isPruning: boolean,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const { path, text } of files)
    changes.push(await planDataset(api, path, await parseDatasetFile(path, text), isPruning));
  return changes;
}

async function planDataset(
  api: DatasetsApi,
  path: string,
  { dataset, items }: DatasetFile,
  isPruning: boolean,
): Promise<Change> {
  const before = await findDataset(api, dataset.name);
  const stored = before === undefined ? [] : await listItems(api, dataset.name);
  const known = new Map(stored.map((item) => [item.id, item]));
  const added = items.filter(({ id }) => !known.has(id));
  const changed = items.filter(({ id, ...item }) => isChanged(known.get(id), item));
  const wanted = new Set(items.map(({ id }) => id));
  const removed = isPruning ? stored.filter(({ id }) => !wanted.has(id)) : [];
  const fields = diffFields({ ...before }, { ...dataset });
  const details = [
    ...(before === undefined ? [] : fields),
    ...count(added.length, 'new'),
    ...count(changed.length, 'changed'),
    ...count(removed.length, 'removed'),
  ];
  const head = { kind: 'dataset', name: dataset.name, file: path, details } as const;
  if (before !== undefined && details.length === 0) return { ...head, action: 'same' };
  const apply = async () => {
    if (before === undefined || fields.length > 0) await api.createDataset(dataset);
    for (const item of [...added, ...changed]) await api.createDatasetItem(item);
    for (const { id } of removed) await api.deleteDatasetItem(id);
  };
  return { ...head, action: before === undefined ? 'create' : 'update', apply };
}

function count(number: number, what: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${what} item${number === 1 ? '' : 's'}`];
}

function isChanged(stored: DatasetItem | undefined, wanted: object): boolean {
  if (stored === undefined) return false;
  const there = stored as unknown as Readonly<Record<string, unknown>>;
  return Object.entries(wanted).some(([name, value]) => !isDeepStrictEqual(there[name], value));
}

async function findDataset(api: DatasetsApi, name: string): Promise<Dataset | undefined> {
  try {
    return await api.getDataset(name);
  } catch (error) {
    if (isCoaiaError(error) && error.definition.status === 404) return undefined;
    throw error;
  }
}

async function listItems(api: DatasetsApi, datasetName: string): Promise<readonly DatasetItem[]> {
  const items: DatasetItem[] = [];
  for (let page = 1; ; page++) {
    const { data, meta } = await api.listDatasetItems({ datasetName, page, limit: PAGE_SIZE });
    items.push(...data);
    if (data.length === 0 || page >= (meta.totalPages ?? 0)) return items;
  }
}

/** Datasets that no file describes, to be deleted with items and runs. */
export async function pruneDatasets(
  api: DatasetsApi,
  kept: ReadonlySet<string>,
): Promise<readonly Change[]> {
  const all: Dataset[] = [];
  for (let page = 1; ; page++) {
    const { data, meta } = await api.listDatasets({ page, limit: PAGE_SIZE });
    all.push(...data);
    if (data.length === 0 || page >= (meta.totalPages ?? 0)) break;
  }
  return all
    .filter(({ name }) => !kept.has(name))
    .map(({ name }) => ({
      kind: 'dataset',
      name,
      file: null,
      action: 'delete',
      details: ['with its items and runs'],
      apply: () => api.deleteDataset(name),
    }));
}
