/** Evaluations over HTTP: Coaia's own operations beside those of Langfuse. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import {
  createEvaluations,
  getEvaluation,
  listEvaluations,
  resumeEvaluator,
  runTrial,
  updateEvaluation,
} from './evaluations.ts';
import { evaluationPorts } from './ports.ts';
import {
  evaluationAnswer,
  evaluationListAnswer,
  evaluationQuery,
  resumedAnswer,
  runAnswer,
  runBody,
  trialAnswer,
  trialBody,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/evaluations',
  operation: 'evaluations.list',
  summary: 'List evaluations, newest first: what waits, what was scored, what failed and why.',
  access: 'project',
  permission: 'evaluators:read',
  needs: evaluationPorts,
  query: evaluationQuery,
  response: evaluationListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listEvaluations(api, scope, query) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/evaluations/:evaluationId',
  operation: 'evaluations.get',
  summary: 'Read one evaluation.',
  access: 'project',
  permission: 'evaluators:read',
  needs: evaluationPorts,
  response: evaluationAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getEvaluation(api, scope, params['evaluationId'] ?? ''),
  }),
});

const retry = defineRoute({
  method: 'POST',
  path: '/api/v1/projects/:projectId/evaluations/:evaluationId/retry',
  operation: 'evaluations.retry',
  summary: 'Have a failed evaluation done again.',
  access: 'project',
  permission: 'evaluators:write',
  needs: evaluationPorts,
  response: evaluationAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await updateEvaluation(api, scope, params['evaluationId'] ?? ''),
  }),
});

const trial = defineRoute({
  method: 'POST',
  path: '/api/v1/projects/:projectId/evaluators/:evaluatorId/test',
  operation: 'evaluators.test',
  summary: 'Evaluate one trace or observation now, without storing a score.',
  access: 'project',
  permission: 'evaluators:write',
  needs: evaluationPorts,
  body: trialBody,
  response: trialAnswer,
  handler: async ({ api, scope, params, body, signal }) => ({
    json: await runTrial(api, scope, params['evaluatorId'] ?? '', { ...body, signal }),
  }),
});

const run = defineRoute({
  method: 'POST',
  path: '/api/v1/projects/:projectId/evaluators/:evaluatorId/run',
  operation: 'evaluators.run',
  summary: 'Evaluate traces or the items of an experiment in the background.',
  access: 'project',
  permission: 'evaluators:write',
  needs: evaluationPorts,
  body: runBody,
  response: runAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await createEvaluations(api, scope, params['evaluatorId'] ?? '', body),
  }),
});

const resume = defineRoute({
  method: 'POST',
  path: '/api/v1/projects/:projectId/evaluators/:evaluatorId/resume',
  operation: 'evaluators.resume',
  summary: 'Let a paused evaluator go on, once it can run.',
  access: 'project',
  permission: 'evaluators:write',
  needs: evaluationPorts,
  response: resumedAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await resumeEvaluator(api, scope, params['evaluatorId'] ?? ''),
  }),
});

export const evaluationRoutes: readonly Route[] = [list, get, retry, trial, run, resume];
