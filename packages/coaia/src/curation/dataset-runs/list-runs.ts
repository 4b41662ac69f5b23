/** Reads of runs over datasets: links and spans of experiments, seen as one. */
import { notFound, toPageMeta, type Scope } from '#base';
import type { DatasetRow } from '#store';
import type { DatasetRun, DatasetRunItem, DatasetRunWithItems, Paged } from '@coaia/client';
import { requireDataset } from '../datasets/datasets.ts';
import { readDataset } from '../datasets/storage.ts';
import type { CurationPorts } from '../ports.ts';
import { toDatasetRun, toDatasetRunItem } from './dataset-run.ts';
import { listSpanRunItems, listSpanRuns } from './span-runs.ts';
import { readRun, readRunCount, readRunItems, readRuns } from './storage.ts';

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
  const offset = (page - 1) * limit;
  const [rows, count, spans] = await Promise.all([
    // Runs of spans may stand before any of these, so the page is cut after both are joined.
    readRuns(db, scope.projectId, dataset.id, { limit: offset + limit, offset: 0 }),
    readRunCount(db, scope.projectId, dataset.id),
    listSpanRuns(ports, dataset),
  ]);
  const all = [...rows.map((row) => toDatasetRun(row, dataset.name)), ...spans];
  const sorted = all.toSorted((a, b) => toOrder(b.createdAt, a.createdAt) || toOrder(b.id, a.id));
  return {
    data: sorted.slice(offset, offset + limit),
    meta: toPageMeta(page, limit, count + spans.length),
  };
}

/** One run without its items. Fails with COAIA-0003. */
export async function findDatasetRun(
  ports: CurationPorts,
  scope: Scope,
  datasetName: string,
  runName: string,
): Promise<DatasetRun> {
  const dataset = await requireDataset(ports.db, scope.projectId, datasetName);
  return findRun(ports, dataset, runName);
}

/** One run with all its items, oldest first. Fails with COAIA-0003. */
export async function getDatasetRun(
  ports: CurationPorts,
  scope: Scope,
  datasetName: string,
  runName: string,
): Promise<DatasetRunWithItems> {
  const run = await findDatasetRun(ports, scope, datasetName, runName);
  return { ...run, datasetRunItems: await listItems(ports, scope.projectId, run) };
}

/** One page of a run's items, oldest first. Fails with COAIA-0003. */
export async function listDatasetRunItems(
  ports: CurationPorts,
  scope: Scope,
  query: PageQuery & { readonly datasetId: string; readonly runName: string },
): Promise<Paged<DatasetRunItem>> {
  const { page, limit } = query;
  const dataset = await readDataset(ports.db, scope.projectId, query.datasetId);
  if (dataset === undefined) throw notFound('Dataset', query.datasetId);
  const run = await findRun(ports, dataset, query.runName);
  const items = await listItems(ports, scope.projectId, run);
  const offset = (page - 1) * limit;
  return {
    data: items.slice(offset, offset + limit),
    meta: toPageMeta(page, limit, items.length),
  };
}

/** The run with this name, from its row or from spans. Fails with COAIA-0003. */
async function findRun(
  ports: CurationPorts,
  dataset: DatasetRow,
  name: string,
): Promise<DatasetRun> {
  const row = await readRun(ports.db, dataset.project_id, dataset.id, name);
  if (row !== undefined) return toDatasetRun(row, dataset.name);
  const [run] = await listSpanRuns(ports, dataset, name);
  if (run === undefined)
    throw notFound('Dataset run', name, `coaia fuse datasets runs ${dataset.name}`);
  return run;
}

async function listItems(
  ports: CurationPorts,
  projectId: string,
  run: DatasetRun,
): Promise<readonly DatasetRunItem[]> {
  const [links, spans] = await Promise.all([
    readRunItems(ports.db, projectId, run.id),
    listSpanRunItems(ports, projectId, run),
  ]);
  return [...links.map((link) => toDatasetRunItem(link, run.name)), ...spans].toSorted(
    (a, b) => toOrder(a.createdAt, b.createdAt) || toOrder(a.id, b.id),
  );
}

function toOrder(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
