/** Projects, keys, memberships and SCIM in the suites that walk every operation; all with the organization's key. */
import type { ApiServer } from './api-server.ts';
import type { NounCases } from './operation-cases.ts';

const PROJECT = {
  id: 'string',
  name: 'string',
  organization: { id: 'string', name: 'string' },
  metadata: 'map',
} as const;

const KEY = {
  id: 'string',
  createdAt: 'time',
  expiresAt: 'time?*',
  lastUsedAt: 'time?*',
  note: 'string?*',
  publicKey: 'string',
  displaySecretKey: 'string',
} as const;

const NEW_KEY = {
  id: 'string',
  createdAt: 'time',
  publicKey: 'string',
  secretKey: 'string',
  displaySecretKey: 'string',
  note: 'string?*',
} as const;

const MEMBER = { userId: 'string', role: 'string', email: 'string', name: 'string' } as const;
const REMOVED = { message: 'string', userId: 'string' } as const;

const USER = {
  schemas: 'strings',
  id: 'string',
  userName: 'string',
  name: { formatted: 'string?' },
  emails: [{ primary: 'boolean', value: 'string', type: 'string' }],
  meta: { resourceType: 'string', created: 'string?*', lastModified: 'string?*' },
} as const;

const META = { resourceType: 'string', location: 'string' } as const;
const SUPPORT = { supported: 'boolean' } as const;

/** What the cases need before they can say where they lie; filled by `prepare`, read by later calls. */
const made = { projectId: '', userId: '', doomedId: '', keyId: '' };

const send = (server: ApiServer, method: string, path: string, body: unknown) =>
  server.send(method, path, { body: JSON.stringify(body) });

let count = 0;
const toNext = (word: string) => {
  count += 1;
  return `${word} ${count}`;
};

const addUser = async (server: ApiServer): Promise<string> => {
  const userName = `${toNext('user').replace(' ', '-')}@example.com`;
  const body = { userName, name: { formatted: 'Case' }, roles: ['MEMBER'] };
  return (await send(server, 'POST', '/scim/Users', body)).body.id;
};

/** Somebody new before each call, for what takes people away; calls of other cases run at the same time. */
function toRemoval() {
  const removal = { userId: '' };
  return {
    removal,
    before: async (server: ApiServer) => {
      const userId = await addUser(server);
      const member = { userId, role: 'VIEWER' };
      await send(server, 'PUT', `/projects/${made.projectId}/memberships`, member);
      removal.userId = userId;
    },
  };
}

const fromOrganization = toRemoval();
const fromProject = toRemoval();
const fromDirectory = toRemoval();

/** A role that changes with every call. */
const toMembership = () => ({
  userId: made.userId,
  role: toNext('').endsWith('1') ? 'ADMIN' : 'VIEWER',
});

export const ADMIN_CASES: NounCases = {
  cases: {
    projects_create: {
      answer: PROJECT,
      status: 201,
      get body() {
        return { name: toNext('made by case'), retention: 0 };
      },
    },
    projects_update: {
      answer: PROJECT,
      get ids() {
        return { projectId: made.projectId };
      },
      get body() {
        return { name: toNext('renamed'), retention: 30, metadata: { a: 1 } };
      },
    },
    projects_delete: {
      answer: { success: 'boolean', message: 'string' },
      status: 202,
      get ids() {
        return { projectId: made.doomedId };
      },
      async before(server) {
        const body = { name: toNext('doomed'), retention: 0 };
        made.doomedId = (await send(server, 'POST', '/projects', body)).body.id;
      },
    },
    projects_getApiKeys: {
      answer: { apiKeys: [KEY] },
      get ids() {
        return { projectId: made.projectId };
      },
    },
    projects_createApiKey: {
      answer: NEW_KEY,
      status: 201,
      body: { note: 'case' },
      get ids() {
        return { projectId: made.projectId };
      },
    },
    projects_deleteApiKey: {
      answer: { success: 'boolean' },
      get ids() {
        return { projectId: made.projectId, apiKeyId: made.keyId };
      },
      async before(server) {
        const path = `/projects/${made.projectId}/apiKeys`;
        made.keyId = (await send(server, 'POST', path, {})).body.id;
      },
    },
    organizations_getOrganizationProjects: {
      answer: {
        projects: [{ id: 'string', name: 'string', createdAt: 'time', updatedAt: 'time' }],
      },
    },
    organizations_getOrganizationApiKeys: { answer: { apiKeys: [KEY] } },
    organizations_getOrganizationMemberships: { answer: { memberships: [MEMBER] } },
    organizations_updateOrganizationMembership: {
      answer: MEMBER,
      get body() {
        return toMembership();
      },
    },
    organizations_deleteOrganizationMembership: {
      answer: REMOVED,
      get body() {
        return { ...fromOrganization.removal };
      },
      before: fromOrganization.before,
    },
    organizations_getProjectMemberships: {
      answer: { memberships: [MEMBER] },
      get ids() {
        return { projectId: made.projectId };
      },
    },
    organizations_updateProjectMembership: {
      answer: MEMBER,
      get ids() {
        return { projectId: made.projectId };
      },
      get body() {
        return toMembership();
      },
    },
    organizations_deleteProjectMembership: {
      answer: REMOVED,
      get ids() {
        return { projectId: made.projectId };
      },
      get body() {
        return { ...fromProject.removal };
      },
      before: fromProject.before,
    },
    scim_getServiceProviderConfig: {
      answer: {
        schemas: 'strings',
        documentationUri: 'string',
        patch: SUPPORT,
        bulk: { supported: 'boolean', maxOperations: 'int', maxPayloadSize: 'int' },
        filter: { supported: 'boolean', maxResults: 'int' },
        changePassword: SUPPORT,
        sort: SUPPORT,
        etag: SUPPORT,
        authenticationSchemes: [
          {
            name: 'string',
            description: 'string',
            specUri: 'string',
            type: 'string',
            primary: 'boolean',
          },
        ],
        meta: META,
      },
    },
    scim_getResourceTypes: {
      answer: {
        schemas: 'strings',
        totalResults: 'int',
        Resources: [
          {
            id: 'string',
            name: 'string',
            endpoint: 'string',
            description: 'string',
            schema: 'string',
            meta: META,
          },
        ],
      },
    },
    scim_getSchemas: {
      answer: {
        schemas: 'strings',
        totalResults: 'int',
        Resources: [{ id: 'string', name: 'string', description: 'string', meta: META }],
      },
    },
    scim_listUsers: {
      answer: {
        schemas: 'strings',
        totalResults: 'int',
        startIndex: 'int',
        itemsPerPage: 'int',
        Resources: [USER],
      },
    },
    scim_createUser: {
      answer: USER,
      status: 201,
      get body() {
        const userName = `${toNext('new').replace(' ', '-')}@example.com`;
        return { userName, name: { formatted: 'New' } };
      },
    },
    scim_getUser: {
      answer: USER,
      get ids() {
        return { userId: made.userId };
      },
    },
    scim_deleteUser: {
      answer: {},
      status: 204,
      get ids() {
        return { ...fromDirectory.removal };
      },
      before: fromDirectory.before,
    },
  },
  async prepare(server) {
    const body = { name: toNext('for cases'), retention: 0 };
    made.projectId = (await send(server, 'POST', '/projects', body)).body.id;
    made.userId = await addUser(server);
    await send(server, 'POST', `/projects/${made.projectId}/apiKeys`, {});
    const member = { userId: made.userId, role: 'MEMBER' };
    await send(server, 'PUT', `/projects/${made.projectId}/memberships`, member);
    return { projectId: made.projectId, userId: made.userId };
  },
};
