/** Metrics over HTTP: both versions of Langfuse's query language, and the older page of days. */
import { defineRoute, type Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import { listDailyMetrics } from './daily.ts';
import { parseMetricsQuery } from './metrics-query.ts';
import { readMetrics } from './metrics.ts';
import { dailyAnswer, dailyQuery, metricsAnswer, metricsParameters } from './schema.ts';

/** Rows of version 1, which has no limit of its own. */
const V1_ROWS = 10_000;
/** Rows of version 2 unless the query says otherwise. */
const V2_ROWS = 100;

const metricsV1 = defineRoute({
  method: 'GET',
  path: '/api/public/metrics',
  operation: 'legacy_metricsV1.metrics',
  summary: 'Aggregate traces, observations or scores by a query.',
  access: 'project',
  needs: observabilityPorts,
  query: metricsParameters,
  response: metricsAnswer,
  handler: async ({ api, scope, query, signal }) => ({
    json: await readMetrics(api, scope, parseMetricsQuery(query.query, { strict: false }), {
      limit: V1_ROWS,
      signal,
    }),
  }),
});

const metricsV2 = defineRoute({
  method: 'GET',
  path: '/api/public/v2/metrics',
  operation: 'metrics.metrics',
  summary: 'Aggregate observations or scores by a query; 100 rows unless it says otherwise.',
  access: 'project',
  needs: observabilityPorts,
  query: metricsParameters,
  response: metricsAnswer,
  handler: async ({ api, scope, query, signal }) => ({
    json: await readMetrics(
      api,
      scope,
      parseMetricsQuery(query.query, { strict: scope.isStrict ?? api.isStrict === true }),
      { limit: V2_ROWS, signal },
    ),
  }),
});

const daily = defineRoute({
  method: 'GET',
  path: '/api/public/metrics/daily',
  operation: 'metrics.daily',
  summary: 'List counts, usage and cost by day and model, newest day first.',
  access: 'project',
  needs: observabilityPorts,
  query: dailyQuery,
  response: dailyAnswer,
  handler: async ({ api, scope, query, signal }) => ({
    json: await listDailyMetrics(api, scope, query, signal),
  }),
});

export const metricsRoutes: readonly Route[] = [metricsV1, metricsV2, daily];
