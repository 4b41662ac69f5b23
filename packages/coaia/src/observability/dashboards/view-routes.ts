/** What can be asked of the metrics, for whoever builds a widget. */
import { z } from 'zod';
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { VIEWS } from '../metrics/metrics-query.ts';
import { observabilityPorts } from '../ports.ts';

const viewListAnswer = z.object({
  data: z.array(
    z.object({
      view: z.string(),
      dimensions: z.array(z.string()),
      measures: z.array(z.object({ name: z.string(), kind: z.enum(['number', 'text']) })),
    }),
  ),
});

const list = defineRoute({
  method: 'GET',
  path: '/api/v1/metrics-views',
  operation: 'metrics.listViews',
  summary: 'List the views of the metrics with their dimensions and measures.',
  access: 'project',
  needs: observabilityPorts,
  response: viewListAnswer,
  handler: () => Promise.resolve({ json: { data: listViews() } }),
});

function listViews() {
  return Object.entries(VIEWS).map(([view, { dimensions, measures }]) => ({
    view,
    dimensions: Object.keys(dimensions),
    measures: Object.entries(measures).map(([name, { kind }]) => ({ name, kind })),
  }));
}

export const metricsViewRoutes: readonly Route[] = [list];
