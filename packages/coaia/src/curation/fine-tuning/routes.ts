/** Fine-tuning jobs over HTTP. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { cancelJob, createJob, getJob, listArtifacts, listEvents, listJobs } from './jobs.ts';
import { fineTuningPorts } from './ports.ts';
import {
  artifactListAnswer,
  eventListAnswer,
  eventListQuery,
  jobAnswer,
  jobBody,
  jobListAnswer,
  jobListQuery,
} from './schema.ts';

/** Of a request: the training file is inside. */
const BODY_LIMIT = 64 * 1024 * 1024;

const create = defineRoute({
  method: 'POST',
  path: '/api/v1/fine-tuning-jobs',
  operation: 'fineTuning.create',
  summary: 'Train a model on examples; the same order while a job is active answers that job.',
  access: 'project',
  needs: fineTuningPorts,
  body: jobBody,
  bodyLimit: BODY_LIMIT,
  response: jobAnswer,
  handler: async ({ api, scope, body }) => ({ json: await createJob(api, scope, body) }),
});

const list = defineRoute({
  method: 'GET',
  path: '/api/v1/fine-tuning-jobs',
  operation: 'fineTuning.list',
  summary: 'List fine-tuning jobs, newest first; without `all` those at work.',
  access: 'project',
  needs: fineTuningPorts,
  query: jobListQuery,
  response: jobListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listJobs(api, scope, query) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/v1/fine-tuning-jobs/:jobId',
  operation: 'fineTuning.get',
  summary: 'Read one fine-tuning job, as the service says it is now.',
  access: 'project',
  needs: fineTuningPorts,
  response: jobAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getJob(api, scope, params['jobId'] ?? ''),
  }),
});

const cancel = defineRoute({
  method: 'POST',
  path: '/api/v1/fine-tuning-jobs/:jobId/cancel',
  operation: 'fineTuning.cancel',
  summary: 'End a fine-tuning job that is at work.',
  access: 'project',
  needs: fineTuningPorts,
  response: jobAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await cancelJob(api, scope, params['jobId'] ?? ''),
  }),
});

const events = defineRoute({
  method: 'GET',
  path: '/api/v1/fine-tuning-jobs/:jobId/events',
  operation: 'fineTuning.listEvents',
  summary: 'List what the service said of a job, newest first.',
  access: 'project',
  needs: fineTuningPorts,
  query: eventListQuery,
  response: eventListAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await listEvents(api, scope, params['jobId'] ?? '', query.limit),
  }),
});

const artifacts = defineRoute({
  method: 'GET',
  path: '/api/v1/fine-tuning-jobs/:jobId/artifacts',
  operation: 'fineTuning.listArtifacts',
  summary: 'List what came out of a job.',
  access: 'project',
  needs: fineTuningPorts,
  response: artifactListAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await listArtifacts(api, scope, params['jobId'] ?? ''),
  }),
});

export const fineTuningRoutes: readonly Route[] = [create, list, get, cancel, events, artifacts];
