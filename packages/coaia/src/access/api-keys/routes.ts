/** Keys over HTTP: as Langfuse has them for keys of organizations, and our own for the page. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { requireRank } from '../members/member.ts';
import { accessPorts } from '../ports.ts';
import {
  createOrganizationKey,
  createProjectKey,
  deleteOrganizationKey,
  deleteProjectKey,
  listOrganizationKeys,
  listProjectKeys,
} from './api-keys.ts';
import {
  keyRemovedAnswer,
  keysAnswer,
  newKeyAnswer,
  newKeyBody,
  organizationKeyBody,
  ownKeyBody,
  projectKeysAnswer,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/projects/:projectId/apiKeys',
  operation: 'projects.getApiKeys',
  summary: 'List the keys of a project, oldest first; secrets are not shown.',
  access: 'organization',
  permission: 'keys:read',
  needs: accessPorts,
  response: keysAnswer,
  handler: async ({ api, scope, params }) => {
    const keys = await listProjectKeys(api, scope, params['projectId'] ?? '');
    const apiKeys = keys.map(
      ({ role: _role, requestsPerMinute: _limit, scopes: _scopes, ...key }) => key,
    );
    return { json: { apiKeys } };
  },
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/projects/:projectId/apiKeys',
  operation: 'projects.createApiKey',
  summary: 'Make a key pair for a project, random or chosen; the secret is shown this once.',
  access: 'organization',
  permission: 'keys:write',
  needs: accessPorts,
  body: newKeyBody,
  response: newKeyAnswer,
  status: 201,
  handler: async ({ api, scope, params, body }) => ({
    status: 201,
    json: await createProjectKey(api, scope, params['projectId'] ?? '', body),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/projects/:projectId/apiKeys/:apiKeyId',
  operation: 'projects.deleteApiKey',
  summary: 'Delete a key pair of a project.',
  access: 'organization',
  permission: 'keys:write',
  needs: accessPorts,
  response: keyRemovedAnswer,
  handler: async ({ api, scope, params }) => {
    await deleteProjectKey(api, scope, params['projectId'] ?? '', params['apiKeyId'] ?? '');
    return { json: { success: true } };
  },
});

const listOfOrganization = defineRoute({
  method: 'GET',
  path: '/api/public/organizations/apiKeys',
  operation: 'organizations.getOrganizationApiKeys',
  summary: 'List the keys of the organization, oldest first; secrets are not shown.',
  access: 'organization',
  permission: 'keys:read',
  needs: accessPorts,
  response: keysAnswer,
  handler: async ({ api, scope }) => ({
    json: { apiKeys: await listOrganizationKeys(api, scope) },
  }),
});

const createForOrganization = defineRoute({
  method: 'POST',
  path: '/api/v1/organization/api-keys',
  operation: 'apiKeys.createForOrganization',
  summary: 'Make a key pair that administrates the organization; the secret is shown this once.',
  access: 'organization',
  needs: accessPorts,
  body: organizationKeyBody,
  response: newKeyAnswer,
  status: 201,
  handler: async ({ api, scope, body }) => ({
    status: 201,
    json: await createOrganizationKey(api, scope, body),
  }),
});

const removeFromOrganization = defineRoute({
  method: 'DELETE',
  path: '/api/v1/organization/api-keys/:apiKeyId',
  operation: 'apiKeys.deleteFromOrganization',
  summary: 'Delete a key pair of the organization.',
  access: 'organization',
  needs: accessPorts,
  response: keyRemovedAnswer,
  handler: async ({ api, scope, params }) => {
    await deleteOrganizationKey(api, scope, params['apiKeyId'] ?? '');
    return { json: { success: true } };
  },
});

const listOwn = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/api-keys',
  operation: 'apiKeys.list',
  summary: 'List the keys of this project with their roles and limits.',
  access: 'page',
  needs: accessPorts,
  response: projectKeysAnswer,
  handler: async ({ api, scope, params }) => ({
    json: { apiKeys: await listProjectKeys(api, scope, params['projectId'] ?? '') },
  }),
});

const createOwn = defineRoute({
  method: 'POST',
  path: '/api/v1/projects/:projectId/api-keys',
  operation: 'apiKeys.create',
  summary: 'Make a key pair for this project, with a role, a limit and an end if wanted.',
  access: 'page',
  needs: accessPorts,
  body: ownKeyBody,
  response: newKeyAnswer,
  status: 201,
  handler: async ({ api, scope, params, body }) => {
    requireRank(scope, 'project', [body.role]);
    const json = await createProjectKey(api, scope, params['projectId'] ?? '', body);
    return { status: 201, json };
  },
});

const removeOwn = defineRoute({
  method: 'DELETE',
  path: '/api/v1/projects/:projectId/api-keys/:apiKeyId',
  operation: 'apiKeys.delete',
  summary: 'Delete a key pair of this project.',
  access: 'page',
  needs: accessPorts,
  response: keyRemovedAnswer,
  handler: async ({ api, scope, params }) => {
    await deleteProjectKey(api, scope, params['projectId'] ?? '', params['apiKeyId'] ?? '');
    return { json: { success: true } };
  },
});

export const apiKeyRoutes: readonly Route[] = [
  list,
  create,
  remove,
  listOfOrganization,
  createForOrganization,
  removeFromOrganization,
  listOwn,
  createOwn,
  removeOwn,
];
