/** What can be done with runs over datasets. */
import {
  createId,
  fromStored,
  invalidRequest,
  isObject,
  notFound,
  toPageMeta,
  toStored,
} from '#base';
import type { Scope } from '#base';
import type { DatasetRunItemRow, DatasetRunRow, Transaction } from '#store';
import type { DatasetRun, DatasetRunItem, DatasetRunWithItems, Paged } from '@coaia/client';
import { readNewestVersion } from '../dataset-items/storage.ts';
import { requireDataset } from '../datasets/datasets.ts';
import type { CurationPorts } from '../ports.ts';
import { toDatasetRun, toDatasetRunItem } from './dataset-run.ts';
import type { RunItemBody } from './schema.ts';
import {
  readRun,
  readRunCount,
  readRunItemCount,
  readRunItems,
  readRuns,
  readSameRunItem,
  readTraceIdOf,
  removeRun,
} from './storage.ts';

interface PageQuery {
  readonly page: number;
  readonly limit: number;
}

/** One page of a dataset's runs, newest first. Fails with COAIA-0003. */
export async function listDatasetRuns(
  ports: CurationPorts,
  scope: Scope,
  datasetName: string,
  { page, limit }: PageQuery,
): Promise<Paged<DatasetRun>> {
  const { db } = ports;
  const dataset = await requireDataset(db, scope.projectId, datasetName);
  const [rows, total] = await Promise.all([
    readRuns(db, scope.projectId, dataset.id, { limit, offset: (page - 1) * limit }),
    readRunCount(db, scope.projectId, dataset.id),
  ]);
  return {
    data: rows.map((row) => toDatasetRun(row, dataset.name)),
    meta: toPageMeta(page, limit, total),
  };
}

/** One run with all its items, oldest first. Fails with COAIA-0003. */
export async function getDatasetRun(
  ports: CurationPorts,
  scope: Scope,
  datasetName: string,
  runName: string,
): Promise<DatasetRunWithItems> {
  const { db } = ports;
  const run = await requireRun(db, scope.projectId, datasetName, runName);
  const items = await readRunItems(db, scope.projectId, run.id);
  return {
    ...toDatasetRun(run, datasetName),
    datasetRunItems: items.map((item) => toDatasetRunItem(item, run.name)),
  };
}

async function requireRun(
  reader: Pick<Transaction, 'read'>,
  projectId: string,
  datasetName: string,
  runName: string,
): Promise<DatasetRunRow> {
  const dataset = await requireDataset(reader, projectId, datasetName);
  const run = await readRun(reader, projectId, dataset.id, runName);
  if (run === undefined)
    throw notFound('Dataset run', runName, `coaia fuse datasets runs ${datasetName}`);
  return run;
}

/** Removes a run, its items and its own scores; traces stay. Fails with COAIA-0003. */
export async function deleteDatasetRun(
  ports: CurationPorts,
  scope: Scope,
  datasetName: string,
  runName: string,
): Promise<{ readonly message: string }> {
  await ports.db.write(async (tx) => {
    const run = await requireRun(tx, scope.projectId, datasetName, runName);
    await removeRun(tx, scope.projectId, run.id);
  });
  return { message: 'Dataset run successfully deleted' };
}

/** One page of a run's items, oldest first. Fails with COAIA-0003. */
export async function listDatasetRunItems(
  ports: CurationPorts,
  scope: Scope,
  query: PageQuery & { readonly datasetId: string; readonly runName: string },
): Promise<Paged<DatasetRunItem>> {
  const { db } = ports;
  const { page, limit } = query;
  const run = await readRun(db, scope.projectId, query.datasetId, query.runName);
  if (run === undefined) throw notFound('Dataset run', query.runName);
  const [rows, total] = await Promise.all([
    readRunItems(db, scope.projectId, run.id, { limit, offset: (page - 1) * limit }),
    readRunItemCount(db, scope.projectId, run.id),
  ]);
  return {
    data: rows.map((row) => toDatasetRunItem(row, run.name)),
    meta: toPageMeta(page, limit, total),
  };
}

/**
 * Links a trace or observation to an item under a run. The run is born with its first link; later ones replace
 * its description and merge its metadata. The same link again changes nothing, so a retry is harmless.
 */
export async function createDatasetRunItem(
  ports: CurationPorts,
  scope: Scope,
  body: RunItemBody,
): Promise<DatasetRunItem> {
  const { projectId } = scope;
  const now = ports.clock();
  const ids = { run: createId(), link: createId() };
  return ports.db.write(async (tx) => {
    const datasetId = await findDatasetId(tx, projectId, body);
    await tx.lock([`dataset-run:${projectId}:${datasetId}:${body.runName}`]);
    const traceId = body.traceId ?? (await findTraceId(tx, projectId, body.observationId));
    const old = await readRun(tx, projectId, datasetId, body.runName);
    const run = toRun({ projectId, id: ids.run, datasetId, now }, body, old);
    await tx.upsert('dataset_runs', [run]);
    const link: DatasetRunItemRow = {
      project_id: projectId,
      id: ids.link,
      run_id: run.id,
      dataset_item_id: body.datasetItemId,
      trace_id: traceId,
      observation_id: body.observationId ?? null,
      dataset_version: body.datasetVersion ?? null,
      created_at: body.createdAt ?? now,
      updated_at: now,
    };
    const same = await readSameRunItem(tx, link);
    if (same === undefined) await tx.upsert('dataset_run_items', [link]);
    return toDatasetRunItem(same ?? link, run.name);
  });
}

/** Dataset of the item, which must be there now, or have been there at the version that was asked for. */
async function findDatasetId(
  tx: Transaction,
  projectId: string,
  body: RunItemBody,
): Promise<string> {
  const item = await readNewestVersion(tx, projectId, body.datasetItemId);
  const isThere = item?.valid_to === null || typeof body.datasetVersion === 'number';
  if (item === undefined || !isThere) throw notFound('Dataset item', body.datasetItemId);
  return item.dataset_id;
}

async function findTraceId(
  tx: Transaction,
  projectId: string,
  observationId: string | null | undefined,
): Promise<string> {
  if (typeof observationId !== 'string')
    throw invalidRequest('A run item needs a traceId or an observationId.');
  const traceId = await readTraceIdOf(tx, projectId, observationId);
  if (traceId === undefined) throw notFound('Observation', observationId);
  return traceId;
}

interface RunPlace {
  readonly projectId: string;
  readonly id: string;
  readonly datasetId: string;
  readonly now: number;
}

function toRun(place: RunPlace, body: RunItemBody, old: DatasetRunRow | undefined): DatasetRunRow {
  const created = body.createdAt ?? place.now;
  return {
    project_id: place.projectId,
    id: old?.id ?? place.id,
    dataset_id: place.datasetId,
    name: body.runName,
    description: body.runDescription ?? old?.description ?? null,
    created_at: old?.created_at ?? created,
    updated_at: place.now,
    metadata: toMerged(old?.metadata ?? null, body.metadata),
  };
}

/** Objects are merged at their first level; anything else replaces. Null and nothing keep what is stored. */
function toMerged(stored: string | null, given: unknown): string | null {
  if (given === undefined || given === null) return stored;
  const old = fromStored(stored);
  return toStored(isObject(old) && isObject(given) ? { ...old, ...given } : given);
}
