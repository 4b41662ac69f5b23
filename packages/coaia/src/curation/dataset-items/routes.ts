/** Items of datasets over HTTP, as Langfuse has them. */
import { defineRoute, type Route } from '#surface';
import { messageAnswer } from '../datasets/schema.ts';
import { curationPorts, toPortsAt } from '../ports.ts';
import {
  createDatasetItem,
  deleteDatasetItem,
  getDatasetItem,
  listDatasetItems,
} from './dataset-items.ts';
import {
  datasetItemAnswer,
  datasetItemBody,
  datasetItemListAnswer,
  datasetItemListQuery,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/dataset-items',
  operation: 'datasetItems.list',
  summary: 'List items of datasets, newest first, by page; `version` shows a dataset as it was.',
  access: 'project',
  needs: curationPorts,
  query: datasetItemListQuery,
  response: datasetItemListAnswer,
  handler: async ({ api, scope, query, headers }) => ({
    json: await listDatasetItems(toPortsAt(api, headers), scope, query),
  }),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/dataset-items',
  operation: 'datasetItems.create',
  summary: 'Create an item, or a new version of the one with this id.',
  access: 'project',
  needs: curationPorts,
  body: datasetItemBody,
  response: datasetItemAnswer,
  handler: async ({ api, scope, body, headers }) => ({
    json: await createDatasetItem(toPortsAt(api, headers), scope, body),
  }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/dataset-items/:id',
  operation: 'datasetItems.get',
  summary: 'Read one item, archived or not.',
  access: 'project',
  needs: curationPorts,
  response: datasetItemAnswer,
  handler: async ({ api, scope, params, headers }) => ({
    json: await getDatasetItem(toPortsAt(api, headers), scope, params['id'] ?? ''),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/dataset-items/:id',
  operation: 'datasetItems.delete',
  summary: 'Delete an item and its links to runs.',
  access: 'project',
  needs: curationPorts,
  response: messageAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await deleteDatasetItem(api, scope, params['id'] ?? ''),
  }),
});

export const datasetItemRoutes: readonly Route[] = [list, create, get, remove];
