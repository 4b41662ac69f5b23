/** Connections to model servers over HTTP, as Langfuse has them. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { modelPorts } from '../ports.ts';
import { testConnection } from './check-server.ts';
import { deleteConnection, listConnections, updateConnection } from './connections.ts';
import {
  connectionAnswer,
  connectionBody,
  connectionDeleted,
  connectionListAnswer,
  connectionListQuery,
  connectionTestAnswer,
  connectionTestBody,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/llm-connections',
  operation: 'llmConnections.list',
  summary: 'List the connections to model servers, newest first, by page; never their secrets.',
  access: 'project',
  needs: modelPorts,
  query: connectionListQuery,
  response: connectionListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listConnections(api, scope, query) }),
});

const write = defineRoute({
  method: 'PUT',
  path: '/api/public/llm-connections',
  operation: 'llmConnections.upsert',
  summary: 'Make or replace the connection of that provider name.',
  access: 'project',
  needs: modelPorts,
  body: connectionBody,
  response: connectionAnswer,
  handler: async ({ api, scope, body }) => ({ json: await updateConnection(api, scope, body) }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/llm-connections/:id',
  operation: 'llmConnections.delete',
  summary: 'Delete a connection and its secret.',
  access: 'project',
  needs: modelPorts,
  response: connectionDeleted,
  handler: async ({ api, scope, params }) => ({
    json: await deleteConnection(api, scope, params['id'] ?? ''),
  }),
});

const check = defineRoute({
  method: 'POST',
  path: '/api/v1/llm-connections/:id/test',
  operation: 'llmConnections.test',
  summary: 'Ask the server of a connection for its models, and one of them for a word.',
  access: 'project',
  needs: modelPorts,
  body: connectionTestBody,
  response: connectionTestAnswer,
  handler: async ({ api, scope, params, body, signal }) => ({
    json: await testConnection(api, scope, params['id'] ?? '', { ...body, signal }),
  }),
});

export const connectionRoutes: readonly Route[] = [list, write, remove, check];
