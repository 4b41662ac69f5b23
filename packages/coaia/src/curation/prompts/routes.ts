/** Prompts over HTTP, as Langfuse has them, with an ETag for clients that ask again. */
import { invalidRequest, notFound } from '#base';
import { defineRoute, type Route } from '#surface';
import type { CreatePromptBody } from '@coaia/client';
import { curationPorts } from '../ports.ts';
import { readThrough } from './answer-cache.ts';
import { createPrompt } from './create-prompt.ts';
import { deletePrompt } from './delete-prompt.ts';
import { toEntityTag } from './entity-tag.ts';
import { PRODUCTION } from './prompt.ts';
import { promptOverviewRoutes } from './overview/routes.ts';
import { addPromptLabels, getPrompt, listPrompts } from './prompts.ts';
import { listProtectedLabels, updateProtectedLabels } from './protected-labels.ts';
import {
  addLabelsBody,
  createPromptBody,
  legacyPromptBody,
  legacyPromptQuery,
  promptAnswer,
  promptDeleteQuery,
  promptListAnswer,
  promptListQuery,
  promptQuery,
  promptVersionParam,
  protectedLabelsAnswer,
  protectedLabelsBody,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/v2/prompts',
  operation: 'prompts.list',
  summary: 'List prompt names with their versions and labels, by page.',
  access: 'project',
  needs: curationPorts,
  query: promptListQuery,
  response: promptListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listPrompts(api, scope, query) }),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/v2/prompts',
  operation: 'prompts.create',
  summary: 'Add a version to a prompt; the first one makes it.',
  access: 'project',
  needs: curationPorts,
  body: createPromptBody,
  response: promptAnswer,
  status: 201,
  handler: async ({ api, scope, body }) => ({
    json: await createPrompt(api, scope, body as CreatePromptBody),
  }),
});

const get = defineRoute({
  method: 'GET',
  // The name may come with its slashes as they are.
  path: '/api/public/v2/prompts/:promptName{.+}',
  operation: 'prompts.get',
  summary: 'Read one version of a prompt, by default the one labelled production.',
  access: 'project',
  needs: curationPorts,
  query: promptQuery,
  response: promptAnswer,
  async handler({ api, scope, params, query }) {
    const { version, label, resolve } = query;
    const name = params['promptName'] ?? '';
    const key = `${scope.projectId}\n${name}\n${version ?? ''}\n${label ?? ''}\n${resolve ?? ''}`;
    const { prompt, tag } = await readThrough(api.db, key, async () => {
      const found = await getPrompt(api, scope, name, {
        ...(version === undefined ? {} : { version }),
        ...(label === undefined ? {} : { label }),
        ...(resolve === undefined ? {} : { resolve }),
      });
      return { prompt: found, tag: toEntityTag(found) };
    });
    // With a tag the shell answers 304 to those who have it.
    return { json: prompt, headers: { etag: tag, 'cache-control': 'private, no-cache' } };
  },
});

const addLabels = defineRoute({
  method: 'PATCH',
  path: '/api/public/v2/prompts/:name/versions/:version',
  operation: 'promptVersion.update',
  summary: 'Put labels on a version; they leave the version they were on.',
  access: 'project',
  needs: curationPorts,
  body: addLabelsBody,
  response: promptAnswer,
  async handler({ api, scope, params, body }) {
    const version = promptVersionParam.safeParse(params['version']);
    if (!version.success) throw invalidRequest('Invalid request data', version.error.issues);
    const target = { name: params['name'] ?? '', version: version.data };
    return { json: await addPromptLabels(api, scope, target, body.newLabels) };
  },
});

/** Clients that do not encode slashes send the name as several segments, so the version ends what is caught here. */
const addLabelsInFolder = defineRoute({
  method: 'PATCH',
  path: '/api/public/v2/prompts/:promptName{.+}',
  operation: 'promptVersion.updateInFolder',
  summary: 'The same for `folder/name/versions/1`, a name with slashes that are not encoded.',
  access: 'project',
  needs: curationPorts,
  body: addLabelsBody,
  response: promptAnswer,
  async handler({ api, scope, params, body }) {
    const [, name, text] = /^(.+)\/versions\/(\d+)$/s.exec(params['promptName'] ?? '') ?? [];
    const version = promptVersionParam.safeParse(text);
    if (name === undefined || !version.success)
      throw notFound('Address', `PATCH /api/public/v2/prompts/${params['promptName'] ?? ''}`);
    return {
      json: await addPromptLabels(api, scope, { name, version: version.data }, body.newLabels),
    };
  },
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/v2/prompts/:promptName{.+}',
  operation: 'prompts.delete',
  summary: 'Delete one version of a prompt, the one with a label, or all.',
  access: 'project',
  needs: curationPorts,
  query: promptDeleteQuery,
  status: 204,
  async handler({ api, scope, params, query: { version, label } }) {
    await deletePrompt(api, scope, params['promptName'] ?? '', {
      ...(version === undefined ? {} : { version }),
      ...(label === undefined ? {} : { label }),
    });
    return {};
  },
});

const legacyGet = defineRoute({
  method: 'GET',
  path: '/api/public/prompts',
  operation: 'prompts.getV1',
  summary: 'Read a prompt as the first API has it: a version, or the one labelled production.',
  access: 'project',
  needs: curationPorts,
  query: legacyPromptQuery,
  response: promptAnswer,
  handler: async ({ api, scope, query: { name, version } }) => ({
    json: await getPrompt(api, scope, name, version === undefined ? {} : { version }),
  }),
});

const legacyCreate = defineRoute({
  method: 'POST',
  path: '/api/public/prompts',
  operation: 'prompts.createV1',
  summary: 'Add a version as the first API has it; isActive puts the label production on it.',
  access: 'project',
  needs: curationPorts,
  body: legacyPromptBody,
  response: promptAnswer,
  status: 201,
  async handler({ api, scope, body: { isActive, ...body } }) {
    const labels = [...(body.labels ?? []), ...(isActive === true ? [PRODUCTION] : [])];
    return { json: await createPrompt(api, scope, { ...body, labels } as CreatePromptBody) };
  },
});

const getProtected = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/protected-prompt-labels',
  operation: 'protectedPromptLabels.list',
  summary: 'List the prompt labels that keys may not move.',
  access: 'page',
  needs: curationPorts,
  response: protectedLabelsAnswer,
  handler: async ({ api, scope }) => ({ json: { labels: await listProtectedLabels(api, scope) } }),
});

const putProtected = defineRoute({
  method: 'PUT',
  path: '/api/v1/projects/:projectId/protected-prompt-labels',
  operation: 'protectedPromptLabels.update',
  summary: 'Replace the prompt labels that keys may not move; only for the signed-in page.',
  access: 'page',
  needs: curationPorts,
  body: protectedLabelsBody,
  response: protectedLabelsAnswer,
  handler: async ({ api, scope, body }) => ({
    json: { labels: await updateProtectedLabels(api, scope, body.labels) },
  }),
});

export const promptRoutes: readonly Route[] = [
  list,
  create,
  get,
  addLabels,
  addLabelsInFolder,
  remove,
  legacyGet,
  legacyCreate,
  getProtected,
  putProtected,
  ...promptOverviewRoutes,
];
