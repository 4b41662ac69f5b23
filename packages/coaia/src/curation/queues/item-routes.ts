/** Items of annotation queues over HTTP, as Langfuse has them. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { curationPorts } from '../ports.ts';
import {
  createQueueItem,
  deleteQueueItem,
  getQueueItem,
  listQueueItems,
  updateQueueItem,
} from './queue-items.ts';
import {
  itemAnswer,
  itemBody,
  itemDeleted,
  itemListAnswer,
  itemListQuery,
  itemPatch,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/annotation-queues/:queueId/items',
  operation: 'annotationQueues.listQueueItems',
  summary: 'List the items of a queue, newest first, by page.',
  access: 'project',
  needs: curationPorts,
  query: itemListQuery,
  response: itemListAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await listQueueItems(api, scope, params['queueId'] ?? '', query),
  }),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/annotation-queues/:queueId/items',
  operation: 'annotationQueues.createQueueItem',
  summary: 'Put a trace, observation or session into a queue.',
  access: 'project',
  needs: curationPorts,
  body: itemBody,
  response: itemAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await createQueueItem(api, scope, params['queueId'] ?? '', body),
  }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/annotation-queues/:queueId/items/:itemId',
  operation: 'annotationQueues.getQueueItem',
  summary: 'Read one item of a queue.',
  access: 'project',
  needs: curationPorts,
  response: itemAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getQueueItem(api, scope, params['queueId'] ?? '', params['itemId'] ?? ''),
  }),
});

const update = defineRoute({
  method: 'PATCH',
  path: '/api/public/annotation-queues/:queueId/items/:itemId',
  operation: 'annotationQueues.updateQueueItem',
  summary: 'Mark an item as completed, or as pending again.',
  access: 'project',
  needs: curationPorts,
  body: itemPatch,
  response: itemAnswer,
  handler: async ({ api, scope, params, body }) => {
    const position = { queueId: params['queueId'] ?? '', itemId: params['itemId'] ?? '' };
    return { json: await updateQueueItem(api, scope, position, body.status ?? undefined) };
  },
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/annotation-queues/:queueId/items/:itemId',
  operation: 'annotationQueues.deleteQueueItem',
  summary: 'Take an item out of its queue.',
  access: 'project',
  needs: curationPorts,
  response: itemDeleted,
  handler: async ({ api, scope, params }) => ({
    json: await deleteQueueItem(api, scope, params['queueId'] ?? '', params['itemId'] ?? ''),
  }),
});

export const queueItemRoutes: readonly Route[] = [list, create, get, update, remove];
