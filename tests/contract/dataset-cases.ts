/** Datasets, items, runs and experiments in the suites that walk every operation. */
import type { ApiServer } from './api-server.ts';
import type { NounCases } from './operation-cases.ts';
import { PAGE } from './shapes.ts';

const DATASET = {
  id: 'string',
  name: 'string',
  description: 'string?',
  metadata: 'any',
  inputSchema: 'any',
  expectedOutputSchema: 'any',
  projectId: 'string',
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const ITEM = {
  id: 'string',
  status: 'string',
  input: 'any',
  expectedOutput: 'any',
  metadata: 'any',
  sourceTraceId: 'string?',
  sourceObservationId: 'string?',
  datasetId: 'string',
  datasetName: 'string',
  createdAt: 'time',
  updatedAt: 'time',
  mediaReferences: 'any',
} as const;

const RUN = {
  id: 'string',
  name: 'string',
  description: 'string?',
  metadata: 'any',
  datasetId: 'string',
  datasetName: 'string',
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const RUN_ITEM = {
  id: 'string',
  datasetRunId: 'string',
  datasetRunName: 'string',
  datasetItemId: 'string',
  traceId: 'string',
  observationId: 'string?',
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const EXPERIMENT = {
  id: 'string',
  name: 'string',
  description: 'string?',
  startTime: 'time',
  endTime: 'time',
  itemCount: 'int',
  datasetId: 'string?',
} as const;

const EXPERIMENT_ITEM = {
  id: 'string',
  traceId: 'string',
  startTime: 'time',
  endTime: 'time?',
  level: 'string',
  environment: 'string',
  experimentId: 'string',
  experimentName: 'string',
  experimentItemId: 'string',
  experimentDatasetId: 'string?',
  experimentItemVersion: 'time?',
} as const;

const NAME = 'case/set';
const ITEM_BODY = { datasetName: NAME, id: 'case-item', input: { q: 1 }, expectedOutput: 'a' };
const LINK = { runName: 'case run', datasetItemId: 'case-item', traceId: 'trace-a' };
const GONE = { ...LINK, runName: 'gone' };
const ids = { id: 'case-item', datasetName: NAME, runName: LINK.runName };
const SINCE = 'fromStartTime=2020-01-01T00:00:00Z';

const post = (server: ApiServer, path: string, body: object) =>
  server.send('POST', path, { body: JSON.stringify(body) });

export const DATASET_CASES: NounCases = {
  cases: {
    datasets_list: { answer: { data: [DATASET], meta: PAGE } },
    datasets_create: { answer: DATASET, body: { name: NAME } },
    datasets_get: { answer: DATASET, ids },
    datasetItems_list: { answer: { data: [ITEM], meta: PAGE } },
    datasetItems_create: { answer: ITEM, body: ITEM_BODY },
    datasetItems_get: { answer: ITEM, ids },
    datasetItems_delete: {
      answer: { message: 'string' },
      ids: { id: 'gone-item' },
      before: (server) => post(server, '/dataset-items', { ...ITEM_BODY, id: 'gone-item' }),
    },
    datasetRunItems_list: {
      answer: { data: [RUN_ITEM], meta: PAGE },
      query: (made) => `runName=case%20run&datasetId=${made['datasetId']}`,
    },
    datasetRunItems_create: { answer: RUN_ITEM, body: LINK },
    datasets_getRuns: { answer: { data: [RUN], meta: PAGE }, ids },
    datasets_getRun: { answer: { ...RUN, datasetRunItems: [RUN_ITEM] }, ids },
    datasets_deleteRun: {
      answer: { message: 'string' },
      ids: { ...ids, runName: GONE.runName },
      before: (server) => post(server, '/dataset-run-items', GONE),
    },
    experiments_list: {
      answer: { data: [EXPERIMENT], meta: { cursor: 'string?*' } },
      query: () => SINCE,
    },
    experiments_listItems: {
      answer: { data: [EXPERIMENT_ITEM], meta: { cursor: 'string?*' } },
      query: () => SINCE,
    },
  },
  async prepare(server) {
    const { body } = await post(server, '/v2/datasets', { name: NAME });
    await post(server, '/dataset-items', ITEM_BODY);
    await post(server, '/dataset-run-items', LINK);
    return { datasetId: body.id };
  },
};
