/** Runs of pipelines over HTTP: Coaia's own addresses. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { readGrants, replaceGrants } from './grants.ts';
import { pipelineRunPorts } from './ports.ts';
import {
  answerApproval,
  cancelPipelineRun,
  forkPipelineRun,
  getPipelineRun,
  listPipelineRuns,
  retryPipelineRun,
} from './runs.ts';
import {
  actionListAnswer,
  approvalBody,
  forkBody,
  permissionsBody,
  runAnswer,
  runBody,
  runDetailAnswer,
  runListAnswer,
  runQuery,
} from './schema.ts';
import { startPipelineRun } from './start-run.ts';

const common = { access: 'page', needs: pipelineRunPorts } as const;

const start = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/pipeline-runs',
  operation: 'pipelineRuns.start',
  summary: 'Start a run of a pipeline; it is worked on in the background.',
  body: runBody,
  response: runAnswer,
  status: 202,
  handler: async ({ api, scope, body }) => ({
    status: 202,
    json: (await startPipelineRun(api, scope, body)).run,
  }),
});

const list = defineRoute({
  ...common,
  method: 'GET',
  path: '/api/v1/pipeline-runs',
  operation: 'pipelineRuns.list',
  summary: 'List runs of pipelines, newest first.',
  query: runQuery,
  response: runListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listPipelineRuns(api, scope, query) }),
});

const get = defineRoute({
  ...common,
  method: 'GET',
  path: '/api/v1/pipeline-runs/:runId',
  operation: 'pipelineRuns.get',
  summary: 'Read one run with its steps and what it waits for.',
  response: runDetailAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getPipelineRun(api, scope, params['runId'] ?? ''),
  }),
});

const cancel = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/pipeline-runs/:runId/cancel',
  operation: 'pipelineRuns.cancel',
  summary: 'End a run that has not ended.',
  response: runAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await cancelPipelineRun(api, scope, params['runId'] ?? ''),
  }),
});

const retry = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/pipeline-runs/:runId/retry',
  operation: 'pipelineRuns.retry',
  summary: 'Go on with a failed or cancelled run at its first step that is not finished.',
  response: runAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await retryPipelineRun(api, scope, params['runId'] ?? ''),
  }),
});

const fork = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/pipeline-runs/:runId/fork',
  operation: 'pipelineRuns.fork',
  summary: 'Start a new run that takes over what another one finished before a step.',
  body: forkBody,
  response: runAnswer,
  status: 202,
  handler: async ({ api, scope, params, body }) => ({
    status: 202,
    json: await forkPipelineRun(api, scope, { id: params['runId'] ?? '', ...body }),
  }),
});

const approve = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/pipeline-runs/:runId/approvals/:step',
  operation: 'pipelineRuns.approve',
  summary: 'Answer a step that waits for a person.',
  body: approvalBody,
  response: runDetailAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await answerApproval(api, scope, {
      id: params['runId'] ?? '',
      step: params['step'] ?? '',
      ...body,
    }),
  }),
});

const listActions = defineRoute({
  ...common,
  method: 'GET',
  path: '/api/v1/pipeline-actions',
  operation: 'pipelineActions.list',
  summary: 'List what a step of a pipeline can do, and what the project has to allow for it.',
  response: actionListAnswer,
  handler: async ({ api }) => ({
    json: {
      data: api.actions.map(({ name, summary, permission }) => ({
        name,
        summary,
        permission: permission ?? null,
      })),
    },
  }),
});

const getPermissions = defineRoute({
  ...common,
  method: 'GET',
  path: '/api/v1/pipeline-permissions',
  operation: 'pipelinePermissions.get',
  summary: 'Read what pipelines of this project may do beyond asking models.',
  response: permissionsBody,
  handler: async ({ api, scope }) => ({
    json: { allowed: await readGrants(api.db, scope.projectId) },
  }),
});

const updatePermissions = defineRoute({
  ...common,
  method: 'PUT',
  path: '/api/v1/pipeline-permissions',
  operation: 'pipelinePermissions.update',
  summary: 'Say what pipelines of this project may do beyond asking models.',
  body: permissionsBody,
  response: permissionsBody,
  handler: async ({ api, scope, body }) => ({
    json: { allowed: await replaceGrants(api.db, scope, body.allowed) },
  }),
});

export const pipelineRunRoutes: readonly Route[] = [
  start,
  list,
  get,
  cancel,
  retry,
  fork,
  approve,
  listActions,
  getPermissions,
  updatePermissions,
];
