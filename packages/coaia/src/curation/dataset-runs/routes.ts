/** Runs over datasets over HTTP, as Langfuse 3 has them. */
import { defineRoute, type Route } from '#surface';
import { messageAnswer } from '../datasets/schema.ts';
import { curationPorts } from '../ports.ts';
import { createDatasetRunItem, deleteDatasetRun } from './dataset-runs.ts';
import { getDatasetRun, listDatasetRunItems, listDatasetRuns } from './list-runs.ts';
import {
  runAnswer,
  runItemAnswer,
  runItemBody,
  runItemListAnswer,
  runItemListQuery,
  runListAnswer,
  runListQuery,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/datasets/:datasetName/runs',
  operation: 'datasets.getRuns',
  summary: 'List the runs over a dataset, newest first, by page.',
  access: 'project',
  needs: curationPorts,
  query: runListQuery,
  response: runListAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await listDatasetRuns(api, scope, params['datasetName'] ?? '', query),
  }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/datasets/:datasetName/runs/:runName',
  operation: 'datasets.getRun',
  summary: 'Read one run with its items.',
  access: 'project',
  needs: curationPorts,
  response: runAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getDatasetRun(api, scope, params['datasetName'] ?? '', params['runName'] ?? ''),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/datasets/:datasetName/runs/:runName',
  operation: 'datasets.deleteRun',
  summary: 'Delete a run, its items and its own scores.',
  access: 'project',
  needs: curationPorts,
  response: messageAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await deleteDatasetRun(api, scope, params['datasetName'] ?? '', params['runName'] ?? ''),
  }),
});

const listItems = defineRoute({
  method: 'GET',
  path: '/api/public/dataset-run-items',
  operation: 'datasetRunItems.list',
  summary: 'List the items of a run, oldest first, by page.',
  access: 'project',
  needs: curationPorts,
  query: runItemListQuery,
  response: runItemListAnswer,
  handler: async ({ api, scope, query }) => ({
    json: await listDatasetRunItems(api, scope, query),
  }),
});

const createItem = defineRoute({
  method: 'POST',
  path: '/api/public/dataset-run-items',
  operation: 'datasetRunItems.create',
  summary: 'Link a trace to an item under a run; the run is made when it is new.',
  access: 'project',
  needs: curationPorts,
  body: runItemBody,
  response: runItemAnswer,
  handler: async ({ api, scope, body }) => ({
    json: await createDatasetRunItem(api, scope, body),
  }),
});

export const datasetRunRoutes: readonly Route[] = [list, get, remove, listItems, createItem];
