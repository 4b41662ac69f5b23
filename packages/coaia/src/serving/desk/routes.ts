/** What the page does with projects on this machine. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { z } from 'zod';
import { deployFile, deskPorts, startGateway, stopGateway } from './desk.ts';

/** Of one model file, in bytes. */
const FILE_LIMIT = 2 * 1024 ** 3;

const deploy = defineRoute({
  method: 'POST',
  path: '/api/v1/deployment-files',
  operation: 'deployments.deployFile',
  summary: 'Serve a fitted model: the body is its file; it becomes a project that is started.',
  access: 'page',
  permission: 'modelFiles:write',
  needs: deskPorts,
  query: z.object({
    fileName: z.string().min(1).max(255),
    name: z.string().max(64).optional(),
    trusted: z.stringbool().default(false),
  }),
  streamBody: true,
  bodyLimit: FILE_LIMIT,
  response: z.object({ name: z.string(), folder: z.string(), url: z.string() }),
  status: 201,
  handler: async ({ api, query, body }) => ({
    status: 201,
    json: await deployFile(api, {
      fileName: query.fileName,
      name: query.name,
      isTrusted: query.trusted,
      bytes: body as AsyncIterable<Uint8Array>,
    }),
  }),
});

const start = defineRoute({
  method: 'POST',
  path: '/api/v1/deployment-gateways/:gatewayId/start',
  operation: 'deployments.startGateway',
  summary: 'Start the project of a gateway that ended, on the machine of this server.',
  access: 'page',
  permission: 'modelFiles:write',
  needs: deskPorts,
  response: z.object({ url: z.string() }),
  handler: async ({ api, scope, params }) => ({
    json: await startGateway(api, scope, params['gatewayId'] ?? ''),
  }),
});

const stop = defineRoute({
  method: 'POST',
  path: '/api/v1/deployment-gateways/:gatewayId/stop',
  operation: 'deployments.stopGateway',
  summary: 'End a gateway on the machine of this server; what it has begun ends first.',
  access: 'page',
  permission: 'modelFiles:write',
  needs: deskPorts,
  response: z.object({ stopped: z.boolean() }),
  handler: async ({ api, scope, params }) => ({
    json: await stopGateway(api, scope, params['gatewayId'] ?? ''),
  }),
});

export const deskRoutes: readonly Route[] = [deploy, start, stop];
