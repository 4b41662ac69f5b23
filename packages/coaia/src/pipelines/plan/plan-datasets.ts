/** Datasets and their items. Items have ids, so writing one again changes nothing. */
import { isDeepStrictEqual } from 'node:util';
import { isCoaiaError } from '#base';
import type { Dataset, DatasetItem, DatasetsApi } from '@coaia/client';
import type { Change, SourceFile } from './change.ts';
import { parseDatasetFile, type DatasetFile } from './dataset-file.ts';
import { diffFields } from './differences.ts';
import type { DeployDatasets } from './ports.ts';

const PAGE_SIZE = 100;

export async function planDatasets(
  api: DeployDatasets,
  files: readonly SourceFile[],
  isPruning: boolean,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const { path, text } of files)
    changes.push(await planDataset(api, path, await parseDatasetFile(path, text), isPruning));
  return changes;
}

async function planDataset(
  api: DeployDatasets,
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
    try {
      await storeItems(api, dataset.name, [...added, ...changed]);
    } catch (error) {
      // As it was: items that do not fit leave no half of a dataset.
      await (before === undefined ? api.deleteDataset(dataset.name) : restore(api, before));
      throw error;
    }
    for (const { id } of removed) await api.deleteDatasetItem(id);
  };
  return { ...head, action: before === undefined ? 'create' : 'update', apply };
}

type Items = DatasetFile['items'];

/** All together; one by one on servers that cannot do that. */
async function storeItems(api: DeployDatasets, datasetName: string, items: Items): Promise<void> {
  if (items.length === 0) return;
  try {
    const { errors } = await api.importItems({ datasetName, items });
    const [first] = errors;
    if (first !== undefined) throw new Error(`Item ${first.row} does not fit: ${first.message}`);
  } catch (error) {
    if (!isCoaiaError(error) || error.definition.status !== 404) throw error;
    for (const item of items) await api.createDatasetItem(item);
  }
}

async function restore(api: DeployDatasets, before: Dataset): Promise<void> {
  const { name, description, metadata, inputSchema, expectedOutputSchema } = before;
  await api.createDataset({ name, description, metadata, inputSchema, expectedOutputSchema });
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
