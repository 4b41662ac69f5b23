/** Evaluation rules in the spelling of Langfuse before 4.35, over the same store. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { messageAnswer, pageQuery } from '../evaluators/unstable-schema.ts';
import { curationPorts } from '../ports.ts';
import { deleteRule, getUnstableRule, listUnstableRules } from './rules.ts';
import {
  unstableRuleAnswer,
  unstableRuleBody,
  unstableRuleListAnswer,
  unstableRulePatch,
} from './schema.ts';
import { createUnstableRule, updateUnstableRule } from './unstable-rules.ts';

const create = defineRoute({
  method: 'POST',
  path: '/api/public/unstable/evaluation-rules',
  operation: 'unstable_evaluationRules.create',
  summary: 'Make a rule over observations, experiments or traces.',
  access: 'project',
  needs: curationPorts,
  body: unstableRuleBody,
  response: unstableRuleAnswer,
  handler: async ({ api, scope, body }) => ({ json: await createUnstableRule(api, scope, body) }),
});

const list = defineRoute({
  method: 'GET',
  path: '/api/public/unstable/evaluation-rules',
  operation: 'unstable_evaluationRules.list',
  summary: 'List evaluation rules, newest first, by page.',
  access: 'project',
  needs: curationPorts,
  query: pageQuery,
  response: unstableRuleListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listUnstableRules(api, scope, query) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/unstable/evaluation-rules/:evaluationRuleId',
  operation: 'unstable_evaluationRules.get',
  summary: 'Read one evaluation rule with its evaluators.',
  access: 'project',
  needs: curationPorts,
  response: unstableRuleAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getUnstableRule(api, scope, params['evaluationRuleId'] ?? ''),
  }),
});

const update = defineRoute({
  method: 'PATCH',
  path: '/api/public/unstable/evaluation-rules/:evaluationRuleId',
  operation: 'unstable_evaluationRules.update',
  summary: 'Change an evaluation rule, or switch it on or off.',
  access: 'project',
  needs: curationPorts,
  body: unstableRulePatch,
  response: unstableRuleAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateUnstableRule(api, scope, params['evaluationRuleId'] ?? '', body),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/unstable/evaluation-rules/:evaluationRuleId',
  operation: 'unstable_evaluationRules.delete',
  summary: 'Remove an evaluation rule; its evaluators and scores stay.',
  access: 'project',
  needs: curationPorts,
  response: messageAnswer,
  handler: async ({ api, scope, params }) => {
    await deleteRule(api, scope, params['evaluationRuleId'] ?? '');
    return { json: { message: 'Evaluation rule successfully deleted' } };
  },
});

export const unstableRuleRoutes: readonly Route[] = [create, list, get, update, remove];
