/** Roles of people in one project; they count before the role in its organization. */
import { notFound } from '#base';
import type { Role, Scope } from '#base';
import type { Transaction } from '#store';
import { toActor } from '../audit.ts';
import type { AccessPorts } from '../ports.ts';
import { requireProject } from '../projects/projects.ts';
import { isRole, toProjectRole } from '../roles/role.ts';
import { readUser } from '../users/storage.ts';
import { requireRank, toMember } from './member.ts';
import type { Member, ProjectPerson } from './member.ts';
import {
  readOrganizationRole,
  readOwnProjectRole,
  readProjectMembers,
  readProjectPeople,
} from './storage.ts';
import type { ProjectPersonRow } from './storage.ts';

/** Those with a role of their own in the project. Throws COAIA-0003 for a foreign project. */
export async function listProjectMembers(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
): Promise<readonly Member[]> {
  await requireProject(ports, scope, projectId);
  return (await readProjectMembers(ports.db, projectId)).map(toMember);
}

/** Everybody who may be in the project, with the role that counts. Throws like `listProjectMembers`. */
export async function listProjectPeople(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
): Promise<readonly ProjectPerson[]> {
  await requireProject(ports, scope, projectId);
  return (await readProjectPeople(ports.db, projectId)).map(toProjectPerson);
}

function toProjectPerson(row: ProjectPersonRow): ProjectPerson {
  const member = toMember(row);
  return {
    ...member,
    role: toProjectRole(row.role, row.project_role),
    organizationRole: member.role,
    projectRole: isRole(row.project_role) ? row.project_role : null,
    isActive: row.active === 1,
  };
}

/**
 * Gives a member of the organization a role in the project. Throws COAIA-0003 for who is no member, COAIA-0325 for a
 * role above the caller's, which is the one in the organization unless `rank` says the project's.
 */
export async function updateProjectMember(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
  { userId, role }: { readonly userId: string; readonly role: Role },
  rank: 'organization' | 'project' = 'organization',
): Promise<Member> {
  const { organization_id: organizationId } = await requireProject(ports, scope, projectId);
  const user = await ports.db.write(async (tx) => {
    const known = await readUser(tx, userId);
    const own = await readOrganizationRole(tx, organizationId, userId);
    if (known === undefined || own === undefined)
      throw notFound('User', userId, 'add the user to the organization first');
    const before = toProjectRole(own, await readOwnProjectRole(tx, projectId, userId));
    requireRank(scope, rank, [role, before]);
    await writeProjectRole(tx, { projectId, userId }, role, ports.clock());
    return known;
  });
  ports.forget();
  ports.audit({
    ...toEvent(scope, 'member.update', userId),
    organizationId,
    projectId,
    detail: role,
  });
  return toMember({ user_id: userId, email: user.email, name: user.name, role });
}

/** Takes the role in the project away, so that the organization's counts again. Throws COAIA-0003, COAIA-0325. */
export async function removeProjectMember(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
  userId: string,
  rank: 'organization' | 'project' = 'organization',
): Promise<void> {
  const { organization_id: organizationId } = await requireProject(ports, scope, projectId);
  const count = await ports.db.write(async (tx) => {
    requireRank(scope, rank, [await readOwnProjectRole(tx, projectId, userId)]);
    return tx.run('DELETE FROM project_memberships WHERE project_id = ? AND user_id = ?', [
      projectId,
      userId,
    ]);
  });
  if (count === 0) return;
  ports.forget();
  ports.audit({ ...toEvent(scope, 'member.remove', userId), organizationId, projectId });
}

export async function writeProjectRole(
  tx: Transaction,
  { projectId, userId }: { readonly projectId: string; readonly userId: string },
  role: Role,
  now: number,
): Promise<void> {
  const [known] = await tx.read<{ created_at: number }>(
    'SELECT created_at FROM project_memberships WHERE project_id = ? AND user_id = ?',
    [projectId, userId],
  );
  await tx.upsert('project_memberships', [
    {
      project_id: projectId,
      user_id: userId,
      role,
      created_at: known?.created_at ?? now,
      updated_at: now,
    },
  ]);
}

function toEvent(scope: Scope, action: string, subject: string) {
  return { action, subject, actor: toActor(scope) };
}
