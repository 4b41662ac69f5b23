/** What the page of scores asks. */
import { z } from 'zod';
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { timeParameter } from '../../list-query.ts';
import { observabilityPorts } from '../../ports.ts';
import { compareRaters } from './compare-raters.ts';
import { listScoreLines } from './summary.ts';

const bounds = { from: timeParameter, to: timeParameter };

const lineListAnswer = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      dataType: z.string(),
      count: z.int(),
      mean: z.number().nullable(),
      minimum: z.number().nullable(),
      maximum: z.number().nullable(),
      sources: z.record(z.string(), z.int()),
      authors: z.array(z.string()),
      lastAt: z.iso.datetime(),
    }),
  ),
});

const rated = z.union([z.number(), z.string()]);

const comparisonAnswer = z.object({
  name: z.string(),
  dataType: z.string(),
  a: z.string(),
  b: z.string(),
  labels: z
    .object({
      pairs: z.int(),
      agreed: z.number(),
      kappa: z.number().nullable(),
      labels: z.array(z.string()),
      matrix: z.array(z.array(z.int())),
    })
    .nullable(),
  numbers: z
    .object({
      pairs: z.int(),
      bias: z.number().nullable(),
      distance: z.number().nullable(),
      correlation: z.number().nullable(),
    })
    .nullable(),
  disagreements: z.array(
    z.object({
      kind: z.enum(['trace', 'observation', 'session', 'experiment']),
      id: z.string(),
      traceId: z.string().nullable(),
      a: rated,
      b: rated,
      comment: z.string().nullable(),
    }),
  ),
  isCut: z.boolean(),
});

const lines = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/scores/summary',
  operation: 'page.scoreSummary',
  summary: 'What scores there are: names and types with counts, means, sources and authors.',
  access: 'page',
  needs: observabilityPorts,
  query: z.object(bounds),
  response: lineListAnswer,
  handler: async ({ api, scope, query, signal }) => ({
    json: { data: await listScoreLines(api, scope, query, signal) },
  }),
});

const agreement = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/scores/agreement',
  operation: 'page.scoreAgreement',
  summary: 'How far two raters of one score agree, and where they do not.',
  access: 'page',
  needs: observabilityPorts,
  query: z.object({
    ...bounds,
    name: z.string().min(1),
    dataType: z.enum(['NUMERIC', 'BOOLEAN', 'CATEGORICAL']),
    a: z.string(),
    b: z.string(),
  }),
  response: comparisonAnswer,
  handler: async ({ api, scope, query, signal }) => ({
    json: await compareRaters(api, scope, query, signal),
  }),
});

export const scoreOverviewRoutes: readonly Route[] = [lines, agreement];
