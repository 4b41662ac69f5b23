/** Sessions over HTTP, as Langfuse has them. */
import { defineRoute, type Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import { sessionAnswer, sessionListAnswer, sessionListQuery } from './schema.ts';
import { getSession, listSessions } from './sessions.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/sessions',
  operation: 'sessions.list',
  summary: 'List sessions, newest first, by page.',
  access: 'project',
  needs: observabilityPorts,
  query: sessionListQuery,
  response: sessionListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listSessions(api, scope, query) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/sessions/:sessionId',
  operation: 'sessions.get',
  summary: 'Read one session with its traces.',
  access: 'project',
  needs: observabilityPorts,
  response: sessionAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getSession(api, scope, params['sessionId'] ?? ''),
  }),
});

export const sessionRoutes: readonly Route[] = [list, get];
