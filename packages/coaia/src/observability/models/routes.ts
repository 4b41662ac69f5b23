/** Models over HTTP, as Langfuse has them. */
import { defineRoute, type Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import { messageAnswer } from '../traces/schema.ts';
import { createModel, deleteModel, getModel, listModels, updateModel } from './models.ts';
import { modelAnswer, modelBody, modelListAnswer, modelListQuery } from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/models',
  operation: 'models.list',
  summary: 'List the models of the project and the built-in ones, by page.',
  access: 'project',
  needs: observabilityPorts,
  query: modelListQuery,
  response: modelListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listModels(api, scope, query) }),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/models',
  operation: 'models.create',
  summary: 'Create a model with prices; it wins over built-in ones.',
  access: 'project',
  needs: observabilityPorts,
  body: modelBody,
  response: modelAnswer,
  handler: async ({ api, scope, body }) => ({ json: await createModel(api, scope, body) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/models/:id',
  operation: 'models.get',
  summary: 'Read one model.',
  access: 'project',
  needs: observabilityPorts,
  response: modelAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getModel(api, scope, params['id'] ?? ''),
  }),
});

const update = defineRoute({
  method: 'PUT',
  path: '/api/public/models/:id',
  operation: 'models.upsert',
  summary: 'Create or replace a model of the project under its id.',
  access: 'project',
  needs: observabilityPorts,
  body: modelBody,
  response: modelAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateModel(api, scope, params['id'] ?? '', body),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/models/:id',
  operation: 'models.delete',
  summary: 'Delete a model of the project; built-in ones stay.',
  access: 'project',
  needs: observabilityPorts,
  response: messageAnswer,
  async handler({ api, scope, params }) {
    await deleteModel(api, scope, params['id'] ?? '');
    return { json: { message: 'Model successfully deleted' } };
  },
});

export const modelRoutes: readonly Route[] = [list, create, get, update, remove];
