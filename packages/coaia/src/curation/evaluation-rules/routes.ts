/** Evaluation rules over HTTP, as Langfuse 4.35 has them; the older spelling is in unstable-routes.ts. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { cursorQuery, deletedAnswer } from '../evaluators/schema.ts';
import { curationPorts } from '../ports.ts';
import { createRule, deleteRule, getRule, listRules, updateRule } from './rules.ts';
import { ruleAnswer, ruleBody, ruleListAnswer, rulePatch } from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/v2/evaluation-rules',
  operation: 'evaluationRules.list',
  summary: 'List evaluation rules, newest first, by cursor.',
  access: 'project',
  needs: curationPorts,
  query: cursorQuery,
  response: ruleListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listRules(api, scope, query) }),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/v2/evaluation-rules',
  operation: 'evaluationRules.create',
  summary: 'Make a rule that evaluates observations as they arrive.',
  access: 'project',
  needs: curationPorts,
  body: ruleBody,
  response: ruleAnswer,
  handler: async ({ api, scope, body }) => ({ json: await createRule(api, scope, body) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/v2/evaluation-rules/:evaluationRuleId',
  operation: 'evaluationRules.get',
  summary: 'Read one evaluation rule.',
  access: 'project',
  needs: curationPorts,
  response: ruleAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getRule(api, scope, params['evaluationRuleId'] ?? ''),
  }),
});

const update = defineRoute({
  method: 'PATCH',
  path: '/api/public/v2/evaluation-rules/:evaluationRuleId',
  operation: 'evaluationRules.update',
  summary: 'Change an evaluation rule, or switch it on or off.',
  access: 'project',
  needs: curationPorts,
  body: rulePatch,
  response: ruleAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateRule(api, scope, params['evaluationRuleId'] ?? '', body),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/v2/evaluation-rules/:evaluationRuleId',
  operation: 'evaluationRules.delete',
  summary: 'Remove an evaluation rule; its evaluators and scores stay.',
  access: 'project',
  needs: curationPorts,
  response: deletedAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await deleteRule(api, scope, params['evaluationRuleId'] ?? ''),
  }),
});

export const ruleRoutes: readonly Route[] = [list, create, get, update, remove];
