/** Score configs over HTTP, as Langfuse has them. */
import { defineRoute, type Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import {
  scoreConfigAnswer,
  scoreConfigBody,
  scoreConfigListAnswer,
  scoreConfigListQuery,
  scoreConfigPatchBody,
} from './schema.ts';
import {
  createScoreConfig,
  getScoreConfig,
  listScoreConfigs,
  updateScoreConfig,
} from './score-configs.ts';

const create = defineRoute({
  method: 'POST',
  path: '/api/public/score-configs',
  operation: 'scoreConfigs.create',
  summary: 'Create a score config.',
  access: 'project',
  needs: observabilityPorts,
  body: scoreConfigBody,
  response: scoreConfigAnswer,
  handler: async ({ api, scope, body }) => ({ json: await createScoreConfig(api, scope, body) }),
});

const list = defineRoute({
  method: 'GET',
  path: '/api/public/score-configs',
  operation: 'scoreConfigs.get',
  summary: 'List score configs, newest first, by page.',
  access: 'project',
  needs: observabilityPorts,
  query: scoreConfigListQuery,
  response: scoreConfigListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listScoreConfigs(api, scope, query) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/score-configs/:configId',
  operation: 'scoreConfigs.get-by-id',
  summary: 'Read one score config.',
  access: 'project',
  needs: observabilityPorts,
  response: scoreConfigAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getScoreConfig(api, scope, params['configId'] ?? ''),
  }),
});

const update = defineRoute({
  method: 'PATCH',
  path: '/api/public/score-configs/:configId',
  operation: 'scoreConfigs.update',
  summary: 'Change or archive a score config.',
  access: 'project',
  needs: observabilityPorts,
  body: scoreConfigPatchBody,
  response: scoreConfigAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateScoreConfig(api, scope, params['configId'] ?? '', body),
  }),
});

export const scoreConfigRoutes: readonly Route[] = [create, list, get, update];
