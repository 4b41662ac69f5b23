/** What the page asks about prompts beyond the Langfuse API. */
import { defineRoute, type Route } from '#surface';
import { z } from 'zod';
import { curationPorts } from '../../ports.ts';
import { replacePromptLabels } from '../replace-labels.ts';
import { promptAnswer } from '../schema.ts';
import { promptFileRoutes } from './files-routes.ts';
import { getPromptGraph, getPromptOverview, getPromptResults } from './overview.ts';

const nameQuery = z.object({ name: z.string().min(1) });

const edge = z.object({
  name: z.string(),
  version: z.int(),
  childName: z.string(),
  childVersion: z.int().nullable(),
  childLabel: z.string().nullable(),
});

const shared = { access: 'page', needs: curationPorts } as const;

const overview = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/projects/:projectId/prompt-overview',
  operation: 'prompts.overview',
  summary: 'Read every version of a prompt without its text, and which prompts include it.',
  query: nameQuery,
  response: z.object({
    name: z.string(),
    type: z.enum(['text', 'chat']),
    versions: z.array(
      z.object({
        version: z.int(),
        labels: z.array(z.string()),
        tags: z.array(z.string()),
        commitMessage: z.string().nullable(),
        createdBy: z.string(),
        createdAt: z.iso.datetime(),
        updatedAt: z.iso.datetime(),
      }),
    ),
    includedBy: z.array(edge),
  }),
  handler: async ({ api, scope, query }) => ({
    json: await getPromptOverview(api, scope, query.name),
  }),
});

const results = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/projects/:projectId/prompt-results',
  operation: 'prompts.results',
  summary: 'Read the mean scores of each version of a prompt and the dataset runs that used it.',
  query: nameQuery,
  response: z.object({
    scores: z.array(
      z.object({ version: z.int(), name: z.string(), mean: z.number(), count: z.int() }),
    ),
    experiments: z.array(
      z.object({
        datasetId: z.string(),
        datasetName: z.string(),
        runId: z.string(),
        runName: z.string(),
        version: z.int(),
        itemCount: z.int(),
        createdAt: z.iso.datetime(),
      }),
    ),
  }),
  handler: async ({ api, scope, query, signal }) => ({
    json: await getPromptResults(api, scope, query.name, signal),
  }),
});

const graph = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/projects/:projectId/prompt-graph',
  operation: 'prompts.graph',
  summary: 'Read which prompts include which, by their newest versions.',
  response: z.object({
    nodes: z.array(z.object({ name: z.string(), version: z.int().nullable() })),
    edges: z.array(edge),
  }),
  handler: async ({ api, scope }) => ({ json: await getPromptGraph(api, scope) }),
});

const labels = defineRoute({
  ...shared,
  method: 'PUT',
  path: '/api/v1/projects/:projectId/prompt-labels',
  operation: 'prompts.setLabels',
  summary: 'Give a version of a prompt exactly these labels; latest stays where it is.',
  body: z.object({
    name: z.string().min(1),
    version: z.int().min(1).max(1_000_000_000),
    labels: z.array(z.string()).max(100),
  }),
  response: promptAnswer,
  handler: async ({ api, scope, body }) => ({
    json: await replacePromptLabels(api, scope, body),
  }),
});

export const promptOverviewRoutes: readonly Route[] = [
  overview,
  results,
  graph,
  labels,
  ...promptFileRoutes,
];
