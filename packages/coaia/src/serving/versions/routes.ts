/** Versions, traffic and gateways over HTTP. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { deploymentPorts } from './ports.ts';
import type { RollbackInput, TrafficInput, VersionInput } from '@coaia/client';
import { announceGateway } from './announce-gateway.ts';
import { changeTraffic, getGate } from './change-traffic.ts';
import {
  toMismatch,
  getDeployment,
  listDeployments,
  registerVersion,
  rollBack,
} from './registry.ts';
import {
  deploymentAnswer,
  gateAnswer,
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
  path: '/api/v1/deployments/:model/versions',
  operation: 'deployments.registerVersion',
  summary: 'Make a frozen version known; the first one of a model becomes its champion.',
  access: 'project',
  keyScope: 'deploy',
  needs: deploymentPorts,
  body: versionBody,
  response: deploymentAnswer,
  handler: async ({ api, scope, params, body }) => {
    // The right to deploy was checked for the model of the address.
    if (body.manifest.model !== params['model'])
      throw toMismatch(params['model'] ?? '', body.manifest.model);
    return { json: await registerVersion(api, scope, body as VersionInput) };
  },
});

const gate = defineRoute({
  method: 'GET',
  path: '/api/v1/deployments/:model/versions/:version/gate',
  operation: 'deployments.getGate',
  summary:
    'Whether the newest evaluation lets a version in front of callers, and on what that rests.',
  access: 'project',
  keyScope: 'deploy',
  needs: deploymentPorts,
  response: gateAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getGate(api, scope, params['model'] ?? '', Number(params['version'])),
  }),
});

const traffic = defineRoute({
  method: 'POST',
  path: '/api/v1/deployments/:model/traffic',
  operation: 'deployments.changeTraffic',
  summary:
    'Change who gets which version. AO662 when the gate refuses; `force` with a reason overrides it.',
  access: 'project',
  keyScope: 'deploy',
  needs: deploymentPorts,
  body: trafficBody,
  response: deploymentAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await changeTraffic(api, scope, params['model'] ?? '', body as TrafficInput),
  }),
});

const rollback = defineRoute({
  method: 'POST',
  path: '/api/v1/deployments/:model/rollback',
  operation: 'deployments.rollBack',
  summary: 'Go back to the champion before, or to the traffic of a revision.',
  access: 'project',
  keyScope: 'deploy',
  needs: deploymentPorts,
  body: rollbackBody,
  response: deploymentAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await rollBack(api, scope, params['model'] ?? '', body as RollbackInput),
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
  handler: async ({ api, scope, params, body, from = '' }) => ({
    json: await announceGateway(
      api,
      scope,
      params['gatewayId'] ?? '',
      body as Parameters<typeof announceGateway>[3],
      from,
    ),
  }),
});

export const versionRoutes: readonly Route[] = [
  list,
  get,
  register,
  gate,
  traffic,
  rollback,
  announce,
];
