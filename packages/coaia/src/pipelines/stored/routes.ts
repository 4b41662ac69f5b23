/** Templates over HTTP. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { templatePorts } from './ports.ts';
import { getRevisionRoute } from './revision-route.ts';
import {
  deletedAnswer,
  detailAnswer,
  listAnswer,
  previewAnswer,
  previewBody,
  problemsAnswer,
  putBody,
  textBody,
  versionQuery,
} from './schema.ts';
import {
  deletePipeline,
  getPipeline,
  listPipelines,
  previewPipeline,
  putPipeline,
  validatePipeline,
} from './stored-templates.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/v1/pipelines',
  operation: 'pipelines.list',
  summary: 'List pipeline templates: those of the project, then those of the program.',
  access: 'page',
  needs: templatePorts,
  response: listAnswer,
  handler: async ({ api, scope }) => ({ json: await listPipelines(api, scope) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/v1/pipelines/:name',
  operation: 'pipelines.get',
  summary: 'Read a pipeline template with its text and revisions; `version` is a range.',
  access: 'page',
  needs: templatePorts,
  query: versionQuery,
  response: detailAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await getPipeline(api, scope, params['name'] ?? '', query.version),
  }),
});

const put = defineRoute({
  method: 'PUT',
  path: '/api/v1/pipelines/:name',
  operation: 'pipelines.put',
  summary: 'Save a pipeline template as a new revision.',
  access: 'page',
  needs: templatePorts,
  body: putBody,
  response: detailAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await putPipeline(api, scope, params['name'] ?? '', body),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/v1/pipelines/:name',
  operation: 'pipelines.delete',
  summary: 'Delete a pipeline template with all its revisions.',
  access: 'page',
  needs: templatePorts,
  response: deletedAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await deletePipeline(api, scope, params['name'] ?? ''),
  }),
});

const validate = defineRoute({
  method: 'POST',
  path: '/api/v1/pipelines/validate',
  operation: 'pipelines.validate',
  summary: 'Find everything that is wrong with the text of a template.',
  access: 'page',
  permission: 'pipelines:read',
  needs: templatePorts,
  body: textBody,
  response: problemsAnswer,
  handler: async ({ api, scope, body }) => ({ json: await validatePipeline(api, scope, body) }),
});

const preview = defineRoute({
  method: 'POST',
  path: '/api/v1/pipelines/preview',
  operation: 'pipelines.preview',
  summary: 'Show what a template would record with these values; nothing is stored.',
  access: 'page',
  permission: 'pipelines:read',
  needs: templatePorts,
  body: previewBody,
  response: previewAnswer,
  handler: async ({ api, scope, body }) => ({ json: await previewPipeline(api, scope, body) }),
});

export const templateRoutes: readonly Route[] = [
  list,
  validate,
  preview,
  get,
  getRevisionRoute,
  put,
  remove,
];
