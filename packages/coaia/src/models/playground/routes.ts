/** The page's own API of the playground. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { modelPorts } from '../ports.ts';
import { toEventStream } from './event-stream.ts';
import { listPlaygroundModels } from './list-models.ts';
import { runPrompt, streamPrompt } from './runs.ts';
import { modelsAnswer, runAnswer, runBody } from './schema.ts';

const models = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/playground/models',
  operation: 'playground.models',
  summary: 'List the connections of the project with the models their servers have.',
  access: 'page',
  needs: modelPorts,
  response: modelsAnswer,
  handler: async ({ api, scope, signal }) => ({
    json: await listPlaygroundModels(api, scope, signal),
  }),
});

const run = defineRoute({
  method: 'POST',
  path: '/api/v1/projects/:projectId/playground/runs',
  operation: 'playground.run',
  summary: 'Run a prompt with its variables on a model, as server-sent events or as one answer.',
  access: 'page',
  needs: modelPorts,
  body: runBody,
  response: runAnswer,
  async handler({ api, scope, body, signal }) {
    if (!body.isStreamed) return { json: await runPrompt(api, scope, body, signal) };
    const left = new AbortController();
    const ends = AbortSignal.any([signal, left.signal]);
    return {
      response: toEventStream(streamPrompt(api, scope, body, ends), () => left.abort()),
    };
  },
});

export const playgroundRoutes: readonly Route[] = [models, run];
