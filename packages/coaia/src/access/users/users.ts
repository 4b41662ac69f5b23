/** People of an organization: invite, list, set passwords. */
import { notFound } from '#base';
import type { Role, Scope } from '#base';
import type { UserRow } from '#store';
import { toActor } from '../audit.ts';
import { requireRank } from '../members/member.ts';
import { writeProjectRole } from '../members/project-members.ts';
import {
  readOrganizationMembers,
  readOrganizationRole,
  readOwnProjectRole,
  writeOrganizationRole,
} from '../members/storage.ts';
import { readOrganizationId } from '../ports.ts';
import type { AccessPorts } from '../ports.ts';
import { toProjectRole } from '../roles/role.ts';
import { toPasswordHash } from './password.ts';
import { addUser, findUser, readUser } from './storage.ts';
import { toEmail, toUserRecord } from './user.ts';
import type { UserRecord } from './user.ts';

export interface Invitation {
  readonly email: string;
  readonly name?: string | null | undefined;
  /** In the organization; absent: as it is, the first role for who is new. */
  readonly role?: Role | undefined;
  /** A role of its own in one project. */
  readonly project?: { readonly id: string; readonly role: Role } | undefined;
  readonly password?: string | undefined;
}

/** A person with the role in the caller's organization. */
export interface OrganizationUser extends UserRecord {
  readonly role: Role;
}

/** Everybody in the caller's organization, by address. */
export async function listUsers(
  ports: AccessPorts,
  scope: Scope,
): Promise<readonly OrganizationUser[]> {
  const organizationId = await readOrganizationId(ports, scope);
  const members = await readOrganizationMembers(ports.db, organizationId);
  const rows = await Promise.all(members.map(({ user_id: id }) => readUser(ports.db, id)));
  return members.flatMap((member, index) => {
    const row = rows[index];
    return row === undefined ? [] : [{ ...toUserRecord(row), role: member.role as Role }];
  });
}

/**
 * Makes somebody a member; the account is made when there is none. A password is set only on a new account: nobody
 * takes over another's by inviting it. Who was no member yet and is given no role gets `firstRole`. Throws COAIA-0002 for an address or password that is not allowed, COAIA-0325
 * for a role above the caller's.
 */
export async function createUser(
  ports: AccessPorts,
  scope: Scope,
  invitation: Invitation,
  firstRole: Role = 'NONE',
): Promise<{ readonly user: OrganizationUser; readonly isNew: boolean }> {
  const organizationId = await readOrganizationId(ports, scope);
  const person = { email: toEmail(invitation.email), name: invitation.name ?? null };
  const hash = await toOptionalHash(invitation.password);
  const { project } = invitation;
  const result = await ports.db.write(async (tx) => {
    const now = ports.clock();
    const { user, isNew } = await addUser(tx, person, now);
    const before = await readOrganizationRole(tx, organizationId, user.id);
    const role = invitation.role ?? (before as Role | undefined) ?? firstRole;
    if (role !== before) requireRank(scope, 'organization', [role, before]);
    if (project !== undefined) {
      const own = await readOwnProjectRole(tx, project.id, user.id);
      requireRank(scope, 'project', [project.role, toProjectRole(before, own)]);
    }
    if (role !== before)
      await writeOrganizationRole(tx, { organizationId, userId: user.id }, role, now);
    if (project !== undefined)
      await writeProjectRole(tx, { projectId: project.id, userId: user.id }, project.role, now);
    const stored = isNew && hash !== undefined ? { ...user, password_hash: hash } : user;
    if (stored !== user) await tx.upsert('users', [stored]);
    return { user: stored, isNew, role };
  });
  ports.forget();
  ports.audit({
    action: 'user.add',
    subject: result.user.id,
    actor: toActor(scope),
    organizationId,
    projectId: project?.id,
    detail: project?.role ?? result.role,
  });
  return { user: { ...toUserRecord(result.user), role: result.role }, isNew: result.isNew };
}

/** Somebody of the caller's organization by address or id. Throws COAIA-0003. */
export async function requireUser(
  ports: AccessPorts,
  scope: Scope,
  emailOrId: string,
): Promise<UserRow> {
  const organizationId = await readOrganizationId(ports, scope);
  const { db } = ports;
  const row = emailOrId.includes('@')
    ? await findUser(db, emailOrId.trim().toLowerCase())
    : await readUser(db, emailOrId);
  if (row !== undefined && (await readOrganizationRole(db, organizationId, row.id)) !== undefined)
    return row;
  throw notFound('User', emailOrId);
}

/**
 * Sets the password of somebody of the organization and ends their page sessions. Throws COAIA-0002, COAIA-0003, and
 * COAIA-0325 for somebody above the caller.
 */
export async function updatePassword(
  ports: AccessPorts,
  scope: Scope,
  emailOrId: string,
  password: string,
): Promise<void> {
  const { id } = await requireUser(ports, scope, emailOrId);
  const organizationId = await readOrganizationId(ports, scope);
  const isOwn = scope.userId === id;
  if (!isOwn)
    requireRank(scope, 'organization', [await readOrganizationRole(ports.db, organizationId, id)]);
  const hash = await toPasswordHash(password);
  await ports.db.write(async (tx) => {
    await tx.run('UPDATE users SET password_hash = ?, updated_at = ? WHERE id = ?', [
      hash,
      ports.clock(),
      id,
    ]);
    await tx.run("DELETE FROM sign_ins WHERE user_id = ? AND kind = 'session'", [id]);
  });
  ports.forget();
  ports.audit({ action: 'user.password', subject: id, actor: toActor(scope), organizationId });
}

async function toOptionalHash(password: string | undefined): Promise<string | undefined> {
  return password === undefined ? undefined : toPasswordHash(password);
}
