/** Evaluators over HTTP, as Langfuse 4.35 has them; the older spelling is in unstable-routes.ts. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { curationPorts } from '../ports.ts';
import {
  createEvaluator,
  deleteEvaluator,
  getEvaluator,
  listEvaluators,
  listEvaluatorVersions,
  updateEvaluator,
} from './evaluators.ts';
import {
  cursorQuery,
  deletedAnswer,
  evaluatorAnswer,
  evaluatorBody,
  evaluatorListAnswer,
  evaluatorPatch,
  versionListAnswer,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/v2/evaluators',
  operation: 'evaluators.list',
  summary: 'List evaluators, newest first, by cursor.',
  access: 'project',
  needs: curationPorts,
  query: cursorQuery,
  response: evaluatorListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listEvaluators(api, scope, query) }),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/v2/evaluators',
  operation: 'evaluators.create',
  summary: 'Make an evaluator: a judge with a prompt, or code.',
  access: 'project',
  needs: curationPorts,
  body: evaluatorBody,
  response: evaluatorAnswer,
  handler: async ({ api, scope, body }) => ({ json: await createEvaluator(api, scope, body) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/v2/evaluators/:evaluatorId',
  operation: 'evaluators.get',
  summary: 'Read one evaluator with its newest version.',
  access: 'project',
  needs: curationPorts,
  response: evaluatorAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getEvaluator(api, scope, params['evaluatorId'] ?? ''),
  }),
});

const update = defineRoute({
  method: 'PATCH',
  path: '/api/public/v2/evaluators/:evaluatorId',
  operation: 'evaluators.update',
  summary: 'Rename an evaluator, or replace its definition by a new version.',
  access: 'project',
  needs: curationPorts,
  body: evaluatorPatch,
  response: evaluatorAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateEvaluator(api, scope, params['evaluatorId'] ?? '', body),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/v2/evaluators/:evaluatorId',
  operation: 'evaluators.delete',
  summary: 'Remove an evaluator with its versions and its assignments; scores stay.',
  access: 'project',
  needs: curationPorts,
  response: deletedAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await deleteEvaluator(api, scope, params['evaluatorId'] ?? ''),
  }),
});

const versions = defineRoute({
  method: 'GET',
  path: '/api/public/v2/evaluators/:evaluatorId/versions',
  operation: 'evaluators.listVersions',
  summary: 'List the versions of an evaluator, newest first.',
  access: 'project',
  needs: curationPorts,
  query: cursorQuery,
  response: versionListAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await listEvaluatorVersions(api, scope, params['evaluatorId'] ?? '', query),
  }),
});

export const evaluatorRoutes: readonly Route[] = [list, create, get, update, remove, versions];
