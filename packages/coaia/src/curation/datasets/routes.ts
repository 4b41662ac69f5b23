/** Datasets over HTTP: Langfuse's v2, its first form, and a way to delete that Langfuse has not. */
import { defineRoute, type Route } from '#surface';
import { z } from 'zod';
import { datasetItemAnswer } from '../dataset-items/schema.ts';
import { pageMetaAnswer } from '../list-query.ts';
import { curationPorts, toPortsAt } from '../ports.ts';
import { datasetPageRoutes } from './page/routes.ts';
import { createDataset, deleteDataset, getDataset, listDatasets } from './datasets.ts';
import { getLegacyDataset, listLegacyDatasets } from './legacy.ts';
import {
  datasetAnswer,
  datasetBody,
  datasetListAnswer,
  datasetListQuery,
  messageAnswer,
} from './schema.ts';

/** Names may be folders with slashes, encoded by SDKs and raw in coaiapy. */
const NAMED = '/api/public/v2/datasets/:datasetName{.+}';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/v2/datasets',
  operation: 'datasets.list',
  summary: 'List datasets, newest first, by page.',
  access: 'project',
  needs: curationPorts,
  query: datasetListQuery,
  response: datasetListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listDatasets(api, scope, query) }),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/v2/datasets',
  operation: 'datasets.create',
  summary: 'Create a dataset, or change the one with this name.',
  access: 'project',
  needs: curationPorts,
  body: datasetBody,
  response: datasetAnswer,
  handler: async ({ api, scope, body }) => ({ json: await createDataset(api, scope, body) }),
});

const get = defineRoute({
  method: 'GET',
  path: NAMED,
  operation: 'datasets.get',
  summary: 'Read one dataset by name.',
  access: 'project',
  needs: curationPorts,
  response: datasetAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getDataset(api, scope, params['datasetName'] ?? ''),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: NAMED,
  operation: 'datasets.delete',
  summary: 'Delete a dataset with its items, runs and their scores (Coaia only).',
  access: 'project',
  needs: curationPorts,
  response: messageAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await deleteDataset(api, scope, params['datasetName'] ?? ''),
  }),
});

const legacyList = defineRoute({
  method: 'GET',
  path: '/api/public/datasets',
  operation: 'datasets.listV1',
  summary: 'List datasets with ids of items and names of runs (first form).',
  access: 'project',
  needs: curationPorts,
  query: datasetListQuery,
  response: z.object({
    data: z.array(datasetAnswer.extend({ items: z.array(z.string()), runs: z.array(z.string()) })),
    meta: pageMetaAnswer,
  }),
  handler: async ({ api, scope, query }) => ({ json: await listLegacyDatasets(api, scope, query) }),
});

const legacyCreate = defineRoute({
  method: 'POST',
  path: '/api/public/datasets',
  operation: 'datasets.createV1',
  summary: 'Create a dataset, or change the one with this name (first form).',
  access: 'project',
  needs: curationPorts,
  body: datasetBody,
  response: datasetAnswer.extend({
    items: z.array(datasetItemAnswer),
    runs: z.array(z.string()),
  }),
  handler: async ({ api, scope, body, headers }) => {
    const { name } = await createDataset(api, scope, body);
    return { json: await getLegacyDataset(toPortsAt(api, headers), scope, name) };
  },
});

const legacyGet = defineRoute({
  method: 'GET',
  path: '/api/public/datasets/:datasetName',
  operation: 'datasets.getV1',
  summary: 'Read one dataset with its items and the names of its runs (first form).',
  access: 'project',
  needs: curationPorts,
  response: datasetAnswer.extend({
    items: z.array(datasetItemAnswer),
    runs: z.array(z.string()),
  }),
  handler: async ({ api, scope, params }) => ({
    json: await getLegacyDataset(api, scope, params['datasetName'] ?? ''),
  }),
});

export const datasetRoutes: readonly Route[] = [
  list,
  create,
  get,
  remove,
  legacyList,
  legacyCreate,
  legacyGet,
  ...datasetPageRoutes,
];
