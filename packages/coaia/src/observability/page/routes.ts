/** The page's own API over traces and sessions. */
import { defineRoute, type Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import { readFirstSteps } from './first-steps.ts';
import { listTraceFacets } from './facets.ts';
import { readTraceHistogram } from './histogram.ts';
import { readHome } from './home.ts';
import { listQueryKeys } from './query-keys.ts';
import {
  histogramQuery,
  scopeQuery,
  sessionLinesQuery,
  traceLinesQuery,
  turnsQuery,
} from './schema.ts';
import { listSessionLines } from './session-lines.ts';
import { getSessionTurns } from './session-turns.ts';
import { listTraceLines } from './trace-lines.ts';
import { getTraceTree } from './tree.ts';
import { listUserLines } from './user-lines.ts';

const shared = { method: 'GET', access: 'page', needs: observabilityPorts } as const;

const traces = defineRoute({
  ...shared,
  path: '/api/v1/projects/:projectId/traces',
  operation: 'page.traces',
  summary: 'Lines of the list of traces, by cursor.',
  query: traceLinesQuery,
  handler: async ({ api, scope, query }) => ({ json: await listTraceLines(api, scope, query) }),
});

const facets = defineRoute({
  ...shared,
  path: '/api/v1/projects/:projectId/traces/facets',
  operation: 'page.traceFacets',
  summary: 'Counts per value of the list of traces.',
  query: scopeQuery,
  handler: async ({ api, scope, query, signal }) => ({
    json: await listTraceFacets(api, scope, query, signal),
  }),
});

const histogram = defineRoute({
  ...shared,
  path: '/api/v1/projects/:projectId/traces/histogram',
  operation: 'page.traceHistogram',
  summary: 'Counts of traces over time.',
  query: histogramQuery,
  handler: async ({ api, scope, query, signal }) => ({
    json: await readTraceHistogram(api, scope, query, signal),
  }),
});

const tree = defineRoute({
  ...shared,
  path: '/api/v1/projects/:projectId/traces/:traceId/tree',
  operation: 'page.traceTree',
  summary: 'The tree of one trace without input and output.',
  handler: async ({ api, scope, params }) => ({
    json: await getTraceTree(api, scope, params['traceId'] ?? ''),
  }),
});

const sessions = defineRoute({
  ...shared,
  path: '/api/v1/projects/:projectId/sessions',
  operation: 'page.sessions',
  summary: 'Lines of the list of sessions, by cursor.',
  query: sessionLinesQuery,
  handler: async ({ api, scope, query, signal }) => ({
    json: await listSessionLines(api, scope, query, signal),
  }),
});

const session = defineRoute({
  ...shared,
  path: '/api/v1/projects/:projectId/sessions/:sessionId',
  operation: 'page.session',
  summary: 'One session with its turns, by cursor.',
  query: turnsQuery,
  handler: async ({ api, scope, params, query }) => ({
    json: await getSessionTurns(api, scope, { sessionId: params['sessionId'] ?? '', ...query }),
  }),
});

const users = defineRoute({
  ...shared,
  path: '/api/v1/projects/:projectId/users',
  operation: 'page.users',
  summary: 'Lines of the list of users, by cursor.',
  query: sessionLinesQuery,
  handler: async ({ api, scope, query, signal }) => ({
    json: await listUserLines(api, scope, query, signal),
  }),
});

const home = defineRoute({
  ...shared,
  path: '/api/v1/projects/:projectId/home',
  operation: 'page.home',
  summary: 'What the home page shows.',
  handler: async ({ api, scope, signal }) => ({ json: await readHome(api, scope, signal) }),
});

const firstSteps = defineRoute({
  ...shared,
  path: '/api/v1/first-steps',
  operation: 'page.firstSteps',
  summary: 'The first steps of a new user, each done once it has really happened.',
  handler: async ({ api, scope }) => ({ json: { steps: await readFirstSteps(api, scope) } }),
});

const queryKeys = defineRoute({
  ...shared,
  path: '/api/v1/query-keys',
  operation: 'page.queryKeys',
  summary: 'The keys of the query bar.',
  handler: () => Promise.resolve({ json: { keys: listQueryKeys() } }),
});

export const pageRoutes: readonly Route[] = [
  traces,
  facets,
  histogram,
  tree,
  sessions,
  session,
  users,
  home,
  firstSteps,
  queryKeys,
];
