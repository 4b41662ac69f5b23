/** Annotation queues over HTTP, as Langfuse has them. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { curationPorts } from '../ports.ts';
import { queueItemRoutes } from './item-routes.ts';
import {
  addAssignment,
  createQueue,
  getQueue,
  listAssignments,
  listQueues,
  removeAssignment,
} from './queues.ts';
import {
  assignmentAnswer,
  assignmentBody,
  assignmentDeleted,
  assignmentListAnswer,
  pageQuery,
  queueAnswer,
  queueBody,
  queueListAnswer,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/annotation-queues',
  operation: 'annotationQueues.listQueues',
  summary: 'List annotation queues, newest first, by page.',
  access: 'project',
  needs: curationPorts,
  query: pageQuery,
  response: queueListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listQueues(api, scope, query) }),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/annotation-queues',
  operation: 'annotationQueues.createQueue',
  summary: 'Make an annotation queue with the score configs to be filled in.',
  access: 'project',
  needs: curationPorts,
  body: queueBody,
  response: queueAnswer,
  handler: async ({ api, scope, body }) => ({ json: await createQueue(api, scope, body) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/annotation-queues/:queueId',
  operation: 'annotationQueues.getQueue',
  summary: 'Read one annotation queue.',
  access: 'project',
  needs: curationPorts,
  response: queueAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getQueue(api, scope, params['queueId'] ?? ''),
  }),
});

const assign = defineRoute({
  method: 'POST',
  path: '/api/public/annotation-queues/:queueId/assignments',
  operation: 'annotationQueues.createQueueAssignment',
  summary: 'Put a user to work on a queue.',
  access: 'project',
  needs: curationPorts,
  body: assignmentBody,
  response: assignmentAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await addAssignment(api, scope, params['queueId'] ?? '', body.userId),
  }),
});

const unassign = defineRoute({
  method: 'DELETE',
  path: '/api/public/annotation-queues/:queueId/assignments',
  operation: 'annotationQueues.deleteQueueAssignment',
  summary: 'Take a user off a queue.',
  access: 'project',
  needs: curationPorts,
  body: assignmentBody,
  response: assignmentDeleted,
  handler: async ({ api, scope, params, body }) => ({
    json: await removeAssignment(api, scope, params['queueId'] ?? '', body.userId),
  }),
});

const listAssigned = defineRoute({
  method: 'GET',
  path: '/api/v1/annotation-queues/:queueId/assignments',
  operation: 'annotationQueues.listAssignments',
  summary: 'List who works on a queue.',
  access: 'project',
  needs: curationPorts,
  response: assignmentListAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await listAssignments(api, scope, params['queueId'] ?? ''),
  }),
});

export const queueRoutes: readonly Route[] = [
  list,
  create,
  get,
  ...queueItemRoutes,
  assign,
  unassign,
  listAssigned,
];
