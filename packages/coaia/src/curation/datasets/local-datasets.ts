/** The calls about datasets over the embedded store, for commands: the same that the client makes by HTTP. */
import { invalidRequest, parseTime, type Scope } from '#base';
import { createLocalObservability } from '#observability';
import type { DatasetsApi, PageQuery } from '@coaia/client';
import {
  createDatasetItem,
  deleteDatasetItem,
  getDatasetItem,
  listDatasetItems,
} from '../dataset-items/dataset-items.ts';
import { createDatasetRunItem, deleteDatasetRun } from '../dataset-runs/dataset-runs.ts';
import { getDatasetRun, listDatasetRuns } from '../dataset-runs/list-runs.ts';
import { listExperiments } from '../experiments/experiments.ts';
import type { CurationPorts } from '../ports.ts';
import { createDataset, deleteDataset, getDataset, listDatasets } from './datasets.ts';

/** Opens the calls over one store and project. */
export function createLocalDatasets(ports: CurationPorts, scope: Scope): DatasetsApi {
  return {
    listDatasets: async (query) => listDatasets(ports, scope, toPage(query)),
    getDataset: (name) => getDataset(ports, scope, name),
    createDataset: (input) => createDataset(ports, scope, input),
    deleteDataset: async (name) => {
      await deleteDataset(ports, scope, name);
    },
    listDatasetItems: async ({ version, ...query }) =>
      listDatasetItems(ports, scope, {
        ...query,
        ...toPage(query),
        version: toTime('version', version),
      }),
    getDatasetItem: (id) => getDatasetItem(ports, scope, id),
    createDatasetItem: (input) => createDatasetItem(ports, scope, input),
    deleteDatasetItem: async (id) => {
      await deleteDatasetItem(ports, scope, id);
    },
    listDatasetRuns: async (name, query) => listDatasetRuns(ports, scope, name, toPage(query)),
    getDatasetRun: (name, run) => getDatasetRun(ports, scope, name, run),
    deleteDatasetRun: async (name, run) => {
      await deleteDatasetRun(ports, scope, name, run);
    },
    createDatasetRunItem: async ({ datasetVersion, createdAt, ...input }) =>
      createDatasetRunItem(ports, scope, {
        ...input,
        datasetVersion: toTime('datasetVersion', datasetVersion),
        createdAt: toTime('createdAt', createdAt),
      }),
    listExperiments: async ({ fromStartTime, toStartTime, ...query }) =>
      listExperiments(ports, scope, {
        limit: DEFAULT_LIMIT,
        scoreLimit: DEFAULT_LIMIT,
        ...query,
        fromStartTime: toTime('fromStartTime', fromStartTime) ?? 0,
        toStartTime: toTime('toStartTime', toStartTime),
      }),
    getTrace: (traceId) => createLocalObservability(ports, scope).getTrace(traceId),
  };
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** The same bounds as over HTTP. */
function toPage({ page = 1, limit = DEFAULT_LIMIT }: PageQuery) {
  if (!Number.isInteger(page) || page < 1) throw invalidRequest('"page" counts from 1.');
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw invalidRequest(`"limit" lies between 1 and ${MAX_LIMIT}.`);
  return { page, limit };
}

function toTime(name: string, text: string | null | undefined): number | undefined {
  if (text === undefined || text === null || text === '') return undefined;
  const time = parseTime(text);
  if (time === undefined) throw invalidRequest(`"${name}" is no ISO 8601 time: ${text}`);
  return time;
}
