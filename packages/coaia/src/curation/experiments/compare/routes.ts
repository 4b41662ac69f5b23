/** Runs with their sums, and runs side by side, over HTTP (Coaia only). */
import { defineRoute, type Route } from '#surface';
import { curationPorts } from '../../ports.ts';
import { compareExperiments } from './compare.ts';
import { listExperimentLines } from './lines.ts';
import { compareAnswer, compareQuery, linesAnswer, linesQuery } from './schema.ts';

const lines = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/experiments',
  operation: 'page.experiments',
  summary: 'List runs with score means, intervals, cost and latency, latest activity first.',
  access: 'page',
  needs: curationPorts,
  query: linesQuery,
  response: linesAnswer,
  handler: async ({ api, scope, query }) => ({
    json: await listExperimentLines(api, scope, query),
  }),
});

const compare = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/experiments/compare',
  operation: 'page.compareExperiments',
  summary: 'Compare runs with a baseline, item by item, with intervals of the differences.',
  access: 'page',
  needs: curationPorts,
  query: compareQuery,
  response: compareAnswer,
  handler: async ({ api, scope, query }) => ({ json: await compareExperiments(api, scope, query) }),
});

export const compareRoutes: readonly Route[] = [lines, compare];
