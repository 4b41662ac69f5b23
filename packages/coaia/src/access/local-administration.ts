/** Administration over the embedded store: whoever may open the file is its owner. */
import { toIso } from '#base';
import type { Scope } from '#base';
import type { AdministrationApi, KeyOwner } from '@coaia/client';
import {
  createOrganizationKey,
  createProjectKey,
  deleteOrganizationKey,
  deleteProjectKey,
  listOrganizationKeys,
  listProjectKeys,
} from './api-keys/api-keys.ts';
import {
  removeOrganizationMember,
  updateOrganizationMember,
} from './members/organization-members.ts';
import { updateProjectMember } from './members/project-members.ts';
import { createOrganization, listOrganizations } from './organizations/organizations.ts';
import type { AccessPorts } from './ports.ts';
import { deleteProject } from './projects/delete-project.ts';
import { toMetadata, toProjectRecord } from './projects/project.ts';
import { createProject, listProjects, updateProject } from './projects/projects.ts';
import { listUnfinished, removeProjectData } from './projects/remove-data.ts';
import type { RemovalPorts } from './projects/remove-data.ts';
import { createSignInLink } from './sign-in.ts';
import { createUser, listUsers, requireUser, updatePassword } from './users/users.ts';

export interface LocalAdministrationOptions extends Pick<RemovalPorts, 'removeMedia' | 'graceMs'> {
  readonly ports: AccessPorts;
  readonly scope: Scope;
}

/** The calls; deleting a project resolves when everything it held is gone. */
export function createLocalAdministration(options: LocalAdministrationOptions): AdministrationApi {
  return { ...toProjectCalls(options), ...toKeyCalls(options), ...toAccountCalls(options) };
}

function toProjectCalls({ ports, scope, ...removal }: LocalAdministrationOptions) {
  return {
    getProjectId: async () => scope.projectId,
    listOrganizations: () => listOrganizations(ports),
    createOrganization: (name) => createOrganization(ports, name),
    async listOrganizationProjects() {
      return (await listProjects(ports, scope)).map((row) => ({
        id: row.id,
        name: row.name,
        metadata: toMetadata(row.metadata),
        createdAt: toIso(row.created_at),
        updatedAt: toIso(row.updated_at),
      }));
    },
    createProject: (draft) => createProject(ports, scope, draft),
    updateProject: async (projectId, draft) =>
      toProjectRecord(await updateProject(ports, scope, projectId, draft)),
    async deleteProject(projectId) {
      await deleteProject(ports, scope, projectId);
      let count = 0;
      for (const row of await listUnfinished(ports.db))
        count += (await removeProjectData({ ...ports, ...removal }, row)) ?? 0;
      return { message: `The project is gone, with ${count} ${count === 1 ? 'row' : 'rows'}.` };
    },
  } satisfies Partial<AdministrationApi>;
}

function toKeyCalls({ ports, scope }: LocalAdministrationOptions) {
  const isOfProject = (owner: KeyOwner) => 'projectId' in owner;
  return {
    listKeys: (owner) =>
      isOfProject(owner)
        ? listProjectKeys(ports, scope, owner.projectId)
        : listOrganizationKeys(ports, scope),
    createKey: (owner, draft) =>
      isOfProject(owner)
        ? createProjectKey(ports, scope, owner.projectId, draft)
        : createOrganizationKey(ports, scope, draft),
    deleteKey: (owner, keyId) =>
      isOfProject(owner)
        ? deleteProjectKey(ports, scope, owner.projectId, keyId)
        : deleteOrganizationKey(ports, scope, keyId),
  } satisfies Partial<AdministrationApi>;
}

function toAccountCalls({ ports, scope }: LocalAdministrationOptions) {
  return {
    async listAccounts() {
      return (await listUsers(ports, scope)).map(({ id, email, name, role }) => ({
        userId: id,
        email,
        name: name ?? '',
        role,
      }));
    },
    async addAccount(draft) {
      const { user, isNew } = await createUser(ports, scope, draft, 'MEMBER');
      const wantsLink = isNew && draft.password === undefined;
      const link = wantsLink
        ? await createSignInLink(ports.db, scope.projectId, { userId: user.id })
        : undefined;
      const { id: userId, email, name, role } = user;
      return { userId, email, name: name ?? '', role, signInPath: link?.path ?? null };
    },
    async removeAccount(userId) {
      const { id } = await requireUser(ports, scope, userId);
      await removeOrganizationMember(ports, scope, id);
    },
    async updateRole(userId, role, projectId) {
      const { id } = await requireUser(ports, scope, userId);
      return projectId === undefined
        ? updateOrganizationMember(ports, scope, { userId: id, role })
        : updateProjectMember(ports, scope, projectId, { userId: id, role });
    },
    updateAccountPassword: (userId, password) => updatePassword(ports, scope, userId, password),
  } satisfies Partial<AdministrationApi>;
}
