/** Traces over HTTP, as Langfuse has them. */
import { defineRoute, type Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import {
  messageAnswer,
  traceDetailAnswer,
  traceIdsBody,
  traceListAnswer,
  traceListQuery,
  traceQuery,
} from './schema.ts';
import { parseTraceFields } from './trace.ts';
import { deleteTraces, getTrace, listTraces } from './traces.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/traces',
  operation: 'trace.list',
  summary: 'List traces, newest first, by page.',
  access: 'project',
  needs: observabilityPorts,
  query: traceListQuery,
  response: traceListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listTraces(api, scope, query) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/traces/:traceId',
  operation: 'trace.get',
  summary: 'Read one trace with its observations and scores.',
  access: 'project',
  needs: observabilityPorts,
  query: traceQuery,
  response: traceDetailAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await getTrace(api, scope, params['traceId'] ?? '', parseTraceFields(query.fields)),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/traces/:traceId',
  operation: 'trace.delete',
  summary: 'Delete one trace with its observations and scores.',
  access: 'project',
  needs: observabilityPorts,
  response: messageAnswer,
  async handler({ api, scope, params }) {
    await deleteTraces(api, scope, [params['traceId'] ?? '']);
    return { json: { message: 'Trace deleted successfully' } };
  },
});

const removeMany = defineRoute({
  method: 'DELETE',
  path: '/api/public/traces',
  operation: 'trace.deleteMultiple',
  summary: 'Delete several traces with their observations and scores.',
  access: 'project',
  needs: observabilityPorts,
  body: traceIdsBody,
  response: messageAnswer,
  async handler({ api, scope, body }) {
    await deleteTraces(api, scope, body.traceIds);
    return { json: { message: 'Traces deleted successfully' } };
  },
});

export const traceRoutes: readonly Route[] = [list, get, remove, removeMany];
