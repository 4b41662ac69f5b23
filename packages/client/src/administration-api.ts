/** Organizations, projects, keys and people: with the key of an organization, or on the store itself. */
import type { CoaiaClient } from './client.ts';
import type { Project } from './wire.ts';

export type RoleName = 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER' | 'NONE';

export interface OrganizationSummary {
  readonly id: string;
  readonly name: string;
}

export interface OrganizationProject {
  readonly id: string;
  readonly name: string;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ProjectDraft {
  readonly name: string;
  /** Days; 0: everything is kept. */
  readonly retention?: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Whose keys: a project by its id, or the organization. */
export type KeyOwner = { readonly projectId: string } | { readonly organization: true };

export interface ApiKey {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt?: string | null;
  readonly lastUsedAt?: string | null;
  readonly note?: string | null;
  readonly publicKey: string;
  readonly displaySecretKey: string;
}

export interface NewApiKey extends ApiKey {
  /** Shown this once. */
  readonly secretKey: string;
}

export interface ApiKeyDraft {
  readonly note?: string;
  readonly publicKey?: string;
  readonly secretKey?: string;
  /** On the store itself only. */
  readonly role?: RoleName;
  /** On the store itself only. */
  readonly requestsPerMinute?: number;
  /** `predict:MODEL`, `deploy:MODEL`, the only things that it opens. On the store itself only. */
  readonly scopes?: readonly string[];
}

export interface AccountMember {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: RoleName;
}

export interface AccountDraft {
  readonly email: string;
  readonly name?: string;
  readonly role?: RoleName;
  /** On the store itself only; servers take no passwords for others. */
  readonly password?: string;
}

/** The calls of administration, the same over the embedded store and over HTTP. */
export interface AdministrationApi {
  /** The project that the keys or the store open. */
  getProjectId(): Promise<string>;
  listOrganizations(): Promise<readonly OrganizationSummary[]>;
  createOrganization(name: string): Promise<OrganizationSummary>;
  listOrganizationProjects(): Promise<readonly OrganizationProject[]>;
  createProject(draft: ProjectDraft): Promise<Project>;
  updateProject(projectId: string, draft: ProjectDraft): Promise<Project>;
  /** Resolves on the store itself when everything is gone, over HTTP when the server has begun. */
  deleteProject(projectId: string): Promise<{ readonly message: string }>;
  listKeys(owner: KeyOwner): Promise<readonly ApiKey[]>;
  createKey(owner: KeyOwner, draft: ApiKeyDraft): Promise<NewApiKey>;
  deleteKey(owner: KeyOwner, keyId: string): Promise<void>;
  listAccounts(): Promise<readonly AccountMember[]>;
  /** `signInPath`: an address of the server that signs the person in once, within ten minutes. */
  addAccount(draft: AccountDraft): Promise<AccountMember & { readonly signInPath?: string | null }>;
  removeAccount(userId: string): Promise<void>;
  /** In the organization, or in one project of it. */
  updateRole(userId: string, role: RoleName, projectId?: string): Promise<AccountMember>;
  updateAccountPassword(userId: string, password: string): Promise<void>;
}

/** What only the store itself can do. */
type LocalOnly = 'listOrganizations' | 'createOrganization' | 'updateAccountPassword';

/** The calls over HTTP, with the key of an organization. Rejects with ClientError. */
export function createAdministrationApi(client: CoaiaClient): Omit<AdministrationApi, LocalOnly> {
  return {
    ...createProjectCalls(client),
    ...createKeyCalls(client),
    ...createAccountCalls(client),
  };
}

function createProjectCalls(client: CoaiaClient) {
  return {
    async getProjectId() {
      return (await client.listProjects()).data[0]?.id ?? '';
    },
    async listOrganizationProjects() {
      const path = ['organizations', 'projects'];
      const answer = await client.request<{ readonly projects: readonly OrganizationProject[] }>(
        'GET',
        path,
      );
      return answer.projects;
    },
    createProject: (draft: ProjectDraft) =>
      client.request<Project>('POST', ['projects'], { body: { retention: 0, ...draft } }),
    updateProject: (projectId: string, draft: ProjectDraft) =>
      client.request<Project>('PUT', ['projects', projectId], { body: draft }),
    deleteProject: (projectId: string) =>
      client.request<{ readonly message: string }>('DELETE', ['projects', projectId]),
  };
}

function createKeyCalls(client: CoaiaClient) {
  return {
    async listKeys(owner: KeyOwner) {
      const path =
        'projectId' in owner
          ? ['projects', owner.projectId, 'apiKeys']
          : ['organizations', 'apiKeys'];
      return (await client.request<{ readonly apiKeys: readonly ApiKey[] }>('GET', path)).apiKeys;
    },
    createKey: (owner: KeyOwner, draft: ApiKeyDraft) =>
      'projectId' in owner
        ? client.request<NewApiKey>('POST', ['projects', owner.projectId, 'apiKeys'], {
            body: draft,
          })
        : client.request<NewApiKey>('POST', ['organization', 'api-keys'], {
            area: 'v1',
            body: draft,
          }),
    async deleteKey(owner: KeyOwner, keyId: string) {
      if ('projectId' in owner)
        await client.request('DELETE', ['projects', owner.projectId, 'apiKeys', keyId]);
      else await client.request('DELETE', ['organization', 'api-keys', keyId], { area: 'v1' });
    },
  };
}

interface ScimAnswer {
  readonly id: string;
  readonly userName: string;
  readonly name: { readonly formatted?: string | null };
}

function createAccountCalls(client: CoaiaClient) {
  const memberships = ['organizations', 'memberships'];
  return {
    async listAccounts() {
      const answer = await client.request<{ readonly memberships: readonly AccountMember[] }>(
        'GET',
        memberships,
      );
      return answer.memberships;
    },
    async addAccount({ email, name, role = 'NONE' }: AccountDraft) {
      const body = { userName: email, name: { formatted: name }, roles: [role] };
      const user = await client.request<ScimAnswer>('POST', ['scim', 'Users'], { body });
      return { userId: user.id, email: user.userName, name: user.name.formatted ?? '', role };
    },
    async removeAccount(userId: string) {
      await client.request('DELETE', ['scim', 'Users', userId]);
    },
    updateRole: (userId: string, role: RoleName, projectId?: string) =>
      client.request<AccountMember>(
        'PUT',
        projectId === undefined ? memberships : ['projects', projectId, 'memberships'],
        { body: { userId, role } },
      ),
  };
}
