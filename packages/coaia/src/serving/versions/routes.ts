/** Versions, traffic and gateways over HTTP. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { deploymentPorts } from './ports.ts';
import {
  announceGateway,
  getDeployment,
  listDeployments,
  registerVersion,
  rollBack,
  writeTraffic,
} from './registry.ts';
import {
  deploymentAnswer,
  gatewayBody,
  listAnswer,
  rollbackBody,
  trafficBody,
  versionBody,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/v1/deployments',
  operation: 'deployments.list',
  summary: 'List served models with their traffic and the gateways that answer.',
  access: 'project',
  needs: deploymentPorts,
  response: listAnswer,
  handler: async ({ api, scope }) => ({ json: await listDeployments(api, scope) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/v1/deployments/:model',
  operation: 'deployments.get',
  summary: 'Read one served model: versions, traffic and its history.',
  access: 'project',
  keyScope: 'deploy',
  needs: deploymentPorts,
  response: deploymentAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getDeployment(api, scope, params['model'] ?? ''),
  }),
});

const register = defineRoute({
  method: 'POST',
  path: '/api/v1/deployment-versions',
  operation: 'deployments.registerVersion',
  summary: 'Make a frozen version known; the first one of a model becomes its champion.',
  access: 'project',
  needs: deploymentPorts,
  body: versionBody,
  response: deploymentAnswer,
  handler: async ({ api, scope, body }) => ({ json: await registerVersion(api, scope, body) }),
});

const traffic = defineRoute({
  method: 'POST',
  path: '/api/v1/deployments/:model/traffic',
  operation: 'deployments.changeTraffic',
  summary: 'Change who gets which version: champion, challenger, canary, shadow.',
  access: 'project',
  keyScope: 'deploy',
  needs: deploymentPorts,
  body: trafficBody,
  response: deploymentAnswer,
  handler: async ({ api, scope, params, body }) => {
    const { reason, ifRevision, change, action } = body;
    const input = {
      change: change as Parameters<typeof writeTraffic>[3]['change'],
      action,
      ...(reason === undefined ? {} : { reason }),
      ...(ifRevision === undefined ? {} : { ifRevision }),
    };
    return { json: await writeTraffic(api, scope, params['model'] ?? '', input) };
  },
});

const rollback = defineRoute({
  method: 'POST',
  path: '/api/v1/deployments/:model/rollback',
  operation: 'deployments.rollBack',
  summary: 'Go back to the champion before.',
  access: 'project',
  keyScope: 'deploy',
  needs: deploymentPorts,
  body: rollbackBody,
  response: deploymentAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await rollBack(api, scope, params['model'] ?? '', body),
  }),
});

const announce = defineRoute({
  method: 'PUT',
  path: '/api/v1/deployment-gateways/:gatewayId',
  operation: 'deployments.announceGateway',
  summary: 'Tell that a gateway lives and what it serves.',
  access: 'project',
  needs: deploymentPorts,
  body: gatewayBody,
  response: deploymentAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await announceGateway(
      api,
      scope,
      params['gatewayId'] ?? '',
      body as Parameters<typeof announceGateway>[3],
    ),
  }),
});

export const versionRoutes: readonly Route[] = [list, get, register, traffic, rollback, announce];
