/** Many items in one transaction: all are stored, or none. */
import { setImmediate } from 'node:timers/promises';
import { notFound, type Scope } from '#base';
import type { DatasetItemRow, DatasetRow, Dialect, Transaction } from '#store';
import type { DatasetImport, DatasetImportReport, DatasetItemInput } from '@coaia/client';
import { createItemId } from '../../dataset-items/dataset-item.ts';
import {
  isSameVersion,
  listItemProblems,
  toCheckedSchemas,
  toMisfit,
  toVersion,
} from '../../dataset-items/item-version.ts';
import { endVersion } from '../../dataset-items/storage.ts';
import type { CurationPorts } from '../../ports.ts';
import { createDataset, requireDataset } from '../datasets.ts';
import { readDatasetByName } from '../storage.ts';

type Item = Omit<DatasetItemInput, 'datasetName'>;
type Problems = DatasetImportReport['errors'];

/** Rows that are checked before others get a turn. */
const CHECKED_AT_ONCE = 100;
/** Rows that one statement writes. */
const WRITTEN_AT_ONCE = 200;

/**
 * Checks every item and, when all fit, stores them in one transaction; otherwise nothing is stored and `errors`
 * names the rows. With `dryRun` nothing is stored in any case. A dataset that is not there is made, unless `dryRun`.
 */
export async function importDatasetItems(
  ports: CurationPorts,
  scope: Scope,
  { datasetName, items, dryRun = false, create = false }: DatasetImport,
): Promise<DatasetImportReport> {
  const found = await readDatasetByName(ports.db, scope.projectId, datasetName);
  if (found === undefined && !create)
    throw notFound('Dataset', datasetName, 'coaia fuse datasets list');
  const given = items.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  const newest = await readNewest(ports.db, ports.db.dialect, scope.projectId, given);
  const errors = [
    ...listRepeatedIds(items),
    ...listForeignIds(found?.id, items, newest),
    ...(found === undefined ? [] : await checkItems(found, items, newest)),
  ].toSorted((left, right) => left.row - right.row);
  const report = { stored: 0, unchanged: 0, total: items.length, errors: errors.slice(0, 100) };
  const counted = { ...report, errorCount: new Set(errors.map(({ row }) => row)).size };
  if (dryRun || errors.length > 0) return counted;
  if (found === undefined) await createDataset(ports, scope, { name: datasetName });
  const now = ports.clock();
  const ids = items.map((item) => item.id ?? createItemId(now));
  const stored = await ports.db.write((tx) =>
    writeItems(tx, ports.db.dialect, { projectId: scope.projectId, now, datasetName, ids }, items),
  );
  return { ...counted, stored, unchanged: items.length - stored };
}

/** An id that stands twice would make two versions of one item. */
function listRepeatedIds(items: readonly Item[]): Problems {
  const first = new Map<string, number>();
  return items.flatMap(({ id }, index) => {
    if (typeof id !== 'string') return [];
    const before = first.get(id);
    first.set(id, before ?? index);
    return before === undefined
      ? []
      : [{ row: index + 1, message: `The id ${id} stands in row ${before + 1} already.` }];
  });
}

/** Each item as it would be stored, that is merged with the version it changes. */
async function checkItems(
  dataset: DatasetRow,
  items: readonly Item[],
  newest: ReadonlyMap<string, DatasetItemRow>,
): Promise<Problems> {
  if (dataset.input_schema === null && dataset.expected_output_schema === null) return [];
  const schemas = toCheckedSchemas(dataset);
  const errors: { readonly row: number; readonly message: string }[] = [];
  for (const [index, item] of items.entries()) {
    if (index % CHECKED_AT_ONCE === CHECKED_AT_ONCE - 1) await setImmediate();
    const last = newest.get(item.id ?? '');
    const place = { projectId: dataset.project_id, id: item.id ?? '', validFrom: 0, dataset };
    const input = { ...item, datasetName: dataset.name };
    const row = toVersion(place, input, last?.valid_to === null ? last : undefined);
    const [first] = listItemProblems(schemas, row);
    if (first !== undefined) errors.push({ row: index + 1, message: first });
  }
  return errors;
}

/** Ids that items of other datasets have. */
function listForeignIds(
  datasetId: string | undefined,
  items: readonly Item[],
  newest: ReadonlyMap<string, DatasetItemRow>,
): Problems {
  return items.flatMap(({ id }, index) => {
    const last = newest.get(id ?? '');
    const isForeign = last?.valid_to === null && last.dataset_id !== datasetId;
    return isForeign
      ? [{ row: index + 1, message: `The id ${id} belongs to an item of another dataset.` }]
      : [];
  });
}

interface WritePlace {
  readonly projectId: string;
  readonly now: number;
  readonly datasetName: string;
  readonly ids: readonly string[];
}

/** How many items were stored; those that say what is stored already make no version. */
async function writeItems(
  tx: Transaction,
  dialect: Dialect,
  { projectId, now, datasetName, ids }: WritePlace,
  items: readonly Item[],
): Promise<number> {
  await tx.lock([
    `dataset:${projectId}:${datasetName}`,
    ...ids.map((id) => `dataset-item:${projectId}:${id}`),
  ]);
  const dataset = await requireDataset(tx, projectId, datasetName);
  const newest = await readNewest(tx, dialect, projectId, ids);
  const schemas = toCheckedSchemas(dataset);
  const rows: DatasetItemRow[] = [];
  for (const [index, item] of items.entries()) {
    const id = ids[index] ?? '';
    const last = newest.get(id);
    const old = last?.valid_to === null ? last : undefined;
    const validFrom =
      last === undefined ? now : Math.max(now, (last.valid_to ?? last.valid_from) + 1);
    const row = toVersion({ projectId, id, validFrom, dataset }, { ...item, datasetName }, old);
    if (old !== undefined && isSameVersion(old, row)) continue;
    // Checked already; somebody may have set another schema since.
    const problems = listItemProblems(schemas, row);
    if (problems.length > 0) throw toMisfit(dataset, problems);
    if (old !== undefined) await endVersion(tx, old, validFrom);
    rows.push(row);
  }
  for (let first = 0; first < rows.length; first += WRITTEN_AT_ONCE)
    await tx.upsert('dataset_items', rows.slice(first, first + WRITTEN_AT_ONCE));
  return rows.length;
}

/** The newest version of each id, also where it was deleted since. */
async function readNewest(
  reader: Pick<Transaction, 'read'>,
  dialect: Dialect,
  projectId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DatasetItemRow>> {
  const rows = await reader.read<DatasetItemRow>(
    `SELECT * FROM dataset_items WHERE project_id = ? AND ${dialect.inList('id')} ORDER BY valid_from`,
    [projectId, JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
