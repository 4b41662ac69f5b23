/** Loading and removing the sample from the page. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { z } from 'zod';
import { createLocalObservability } from '../local-api.ts';
import { observabilityPorts } from '../ports.ts';
import { loadSample, removeSample } from './sample.ts';

const answer = z.object({ traceIds: z.array(z.string()) });

const load = defineRoute({
  method: 'POST',
  path: '/api/v1/projects/:projectId/sample',
  operation: 'sample.load',
  summary: 'Load the sample traces, in place of an older sample.',
  access: 'page',
  needs: observabilityPorts,
  response: answer,
  status: 201,
  async handler({ api, scope }) {
    const traceIds = await loadSample(createLocalObservability(api, scope), api.clock());
    return { status: 201, json: { traceIds } };
  },
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/v1/projects/:projectId/sample',
  operation: 'sample.remove',
  summary: 'Remove the sample traces and nothing else.',
  access: 'page',
  needs: observabilityPorts,
  response: answer,
  async handler({ api, scope }) {
    return { json: { traceIds: await removeSample(createLocalObservability(api, scope)) } };
  },
});

export const sampleRoutes: readonly Route[] = [load, remove];
