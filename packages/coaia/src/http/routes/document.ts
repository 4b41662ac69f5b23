/** `GET /api/v1/openapi.json`: this server describes itself. */
import { z } from 'zod';
import { defineRoute } from '#surface';
import { renderOpenApi } from '../openapi.ts';
import { platformPorts } from './platform-ports.ts';

export const getDocument = defineRoute({
  method: 'GET',
  path: '/api/v1/openapi.json',
  operation: 'document.get',
  summary: 'The OpenAPI 3.1 document of this server, made from the operations it runs.',
  access: 'page',
  needs: platformPorts,
  response: z.record(z.string(), z.unknown()),
  handler: async ({ api }) => ({
    json: renderOpenApi(api.routes(), { version: api.version, baseUrl: api.baseUrl() }),
  }),
});
