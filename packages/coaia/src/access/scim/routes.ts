/** SCIM 2.0 over HTTP (RFC 7644), as Langfuse has it for keys of organizations. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { accessPorts } from '../ports.ts';
import { RESOURCE_TYPES, SCHEMAS, SERVICE_PROVIDER_CONFIG } from './resources.ts';
import {
  configAnswer,
  newUserBody,
  patchBody,
  resourceTypesAnswer,
  schemasAnswer,
  userAnswer,
  userBody,
  usersAnswer,
  usersQuery,
} from './schema.ts';
import { parsePatch, parseScimRole, toFlag, toName } from './scim-user.ts';
import type { ScimChange } from './scim-user.ts';
import {
  createScimUser,
  getScimUser,
  listScimUsers,
  removeScimUser,
  updateScimUser,
} from './scim-users.ts';

const FACTS = { method: 'GET', access: 'organization', needs: accessPorts } as const;

const getConfig = defineRoute({
  ...FACTS,
  path: '/api/public/scim/ServiceProviderConfig',
  operation: 'scim.getServiceProviderConfig',
  summary: 'Say what of SCIM this server can.',
  response: configAnswer,
  handler: async () => ({ json: SERVICE_PROVIDER_CONFIG }),
});

const getResourceTypes = defineRoute({
  ...FACTS,
  path: '/api/public/scim/ResourceTypes',
  operation: 'scim.getResourceTypes',
  summary: 'List the kinds of things that SCIM manages here: users.',
  response: resourceTypesAnswer,
  handler: async () => ({ json: RESOURCE_TYPES }),
});

const getSchemas = defineRoute({
  ...FACTS,
  path: '/api/public/scim/Schemas',
  operation: 'scim.getSchemas',
  summary: 'Describe the fields of SCIM users.',
  response: schemasAnswer,
  handler: async () => ({ json: SCHEMAS }),
});

const list = defineRoute({
  ...FACTS,
  path: '/api/public/scim/Users',
  operation: 'scim.listUsers',
  summary: 'List the users of the organization; the filter userName eq "address" finds one.',
  query: usersQuery,
  response: usersAnswer,
  handler: async ({ api, scope, query }) => {
    const { filter, startIndex = 1, count = 100 } = query;
    return { json: await listScimUsers(api, scope, { filter, startIndex, count }) };
  },
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/scim/Users',
  operation: 'scim.createUser',
  summary: 'Make a user a member of the organization; a password is not taken.',
  access: 'organization',
  needs: accessPorts,
  body: newUserBody,
  response: userAnswer,
  status: 201,
  handler: async ({ api, scope, body }) => {
    const { userName, externalId } = body;
    const draft = {
      userName,
      ...toChange(body),
      ...(externalId === undefined ? {} : { externalId }),
    };
    return { status: 201, json: await createScimUser(api, scope, draft) };
  },
});

const get = defineRoute({
  ...FACTS,
  path: '/api/public/scim/Users/:userId',
  operation: 'scim.getUser',
  summary: 'Read one user of the organization.',
  response: userAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getScimUser(api, scope, params['userId'] ?? ''),
  }),
});

const replace = defineRoute({
  method: 'PUT',
  path: '/api/public/scim/Users/:userId',
  operation: 'scim.updateUser',
  summary:
    'Replace name, role and state of a user; active false takes them out of the organization.',
  access: 'organization',
  needs: accessPorts,
  body: userBody,
  response: userAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateScimUser(api, scope, params['userId'] ?? '', toChange(body)),
  }),
});

const patch = defineRoute({
  method: 'PATCH',
  path: '/api/public/scim/Users/:userId',
  operation: 'scim.patchUser',
  summary:
    'Change the state or the name of a user; active false takes them out of the organization.',
  access: 'organization',
  needs: accessPorts,
  body: patchBody,
  response: userAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateScimUser(api, scope, params['userId'] ?? '', parsePatch(body.Operations)),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/scim/Users/:userId',
  operation: 'scim.deleteUser',
  summary: 'Take a user out of the organization; the account stays.',
  access: 'organization',
  needs: accessPorts,
  status: 204,
  handler: async ({ api, scope, params }) => {
    await removeScimUser(api, scope, params['userId'] ?? '');
    return { status: 204 };
  },
});

function toChange(body: Readonly<Record<string, unknown>>): ScimChange {
  const isActive = toFlag(body['active']);
  const name = toName(body);
  const role = parseScimRole(body['roles']);
  return {
    ...(isActive === undefined ? {} : { isActive }),
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
  };
}

export const scimRoutes: readonly Route[] = [
  getConfig,
  getResourceTypes,
  getSchemas,
  list,
  create,
  get,
  replace,
  patch,
  remove,
];
