/** Evaluators in the spelling of Langfuse before 4.35, over the same store. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { curationPorts } from '../ports.ts';
import {
  createUnstableEvaluator,
  deleteEvaluator,
  getUnstableEvaluator,
  listUnstableEvaluators,
} from './evaluators.ts';
import {
  messageAnswer,
  pageQuery,
  unstableEvaluatorAnswer,
  unstableEvaluatorBody,
  unstableEvaluatorListAnswer,
} from './unstable-schema.ts';

const create = defineRoute({
  method: 'POST',
  path: '/api/public/unstable/evaluators',
  operation: 'unstable_evaluators.create',
  summary: 'Make an evaluator, or the next version of the one of that name.',
  access: 'project',
  needs: curationPorts,
  body: unstableEvaluatorBody,
  response: unstableEvaluatorAnswer,
  handler: async ({ api, scope, body }) => ({
    json: await createUnstableEvaluator(api, scope, body),
  }),
});

const list = defineRoute({
  method: 'GET',
  path: '/api/public/unstable/evaluators',
  operation: 'unstable_evaluators.list',
  summary: 'List evaluators in their newest version, by page.',
  access: 'project',
  needs: curationPorts,
  query: pageQuery,
  response: unstableEvaluatorListAnswer,
  handler: async ({ api, scope, query }) => ({
    json: await listUnstableEvaluators(api, scope, query),
  }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/unstable/evaluators/:evaluatorId',
  operation: 'unstable_evaluators.get',
  summary: 'Read one evaluator in its newest version.',
  access: 'project',
  needs: curationPorts,
  response: unstableEvaluatorAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getUnstableEvaluator(api, scope, params['evaluatorId'] ?? ''),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/unstable/evaluators/:evaluatorId',
  operation: 'unstable_evaluators.delete',
  summary: 'Remove an evaluator with its versions; scores stay.',
  access: 'project',
  needs: curationPorts,
  response: messageAnswer,
  handler: async ({ api, scope, params }) => {
    await deleteEvaluator(api, scope, params['evaluatorId'] ?? '');
    return { json: { message: 'Evaluator successfully deleted' } };
  },
});

export const unstableEvaluatorRoutes: readonly Route[] = [create, list, get, remove];
