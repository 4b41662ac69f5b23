/** Who is asking, what they may, and where else they could go. */
import { notFound } from '#base';
import type { Role, Scope } from '#base';
import type { OrganizationRow, Transaction } from '#store';
import { toHash } from '../keys.ts';
import type { AccessPorts } from '../ports.ts';
import { readProject, readProjects } from '../projects/storage.ts';
import { toHolder } from '../roles/authorize.ts';
import { listPermissions } from '../roles/permissions.ts';
import type { PermissionName } from '../roles/permissions.ts';
import { isRole, toProjectRole } from '../roles/role.ts';
import { listOwnProjects, readUser } from '../users/storage.ts';

export interface OwnPlace {
  readonly id: string;
  readonly name: string;
  /** Null for keys without a role. */
  readonly role: Role | null;
}

export interface Me {
  /** Null for keys and for the owner of this machine. */
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly name: string | null;
  } | null;
  readonly via: Scope['via'];
  /** In the project that is open. */
  readonly role: Role | null;
  readonly permissions: readonly PermissionName[];
  readonly projectId: string;
  readonly organizations: readonly OwnPlace[];
  readonly projects: readonly (OwnPlace & { readonly organizationId: string })[];
}

/** Everything for the caller's own project when it is a key, for all that the person may enter otherwise. */
export async function getMe(ports: AccessPorts, scope: Scope): Promise<Me> {
  const holder = toHolder(scope);
  const user = scope.userId === undefined ? undefined : await readUser(ports.db, scope.userId);
  return {
    user: user === undefined ? null : { id: user.id, email: user.email, name: user.name },
    via: scope.via,
    role: isRole(holder) ? holder : null,
    permissions: listPermissions(holder),
    projectId: scope.projectId,
    ...(await listPlaces(ports.db, scope)),
  };
}

type Places = Pick<Me, 'organizations' | 'projects'>;
type Reader = Pick<Transaction, 'read'>;

async function listPlaces(db: Reader, scope: Scope): Promise<Places> {
  if (scope.userId !== undefined) return listPersonPlaces(db, scope.userId);
  const holder = toHolder(scope);
  const role = isRole(holder) ? holder : null;
  if (scope.via !== 'key') return listAllPlaces(db);
  const row = await readProject(db, scope.projectId);
  if (row === undefined) return { organizations: [], projects: [] };
  const { id, name, organization_id: organizationId, organization_name: organizationName } = row;
  return {
    organizations: [{ id: organizationId, name: organizationName, role: null }],
    projects: [{ id, name, organizationId, role }],
  };
}

/** The owner of the machine goes everywhere. */
async function listAllPlaces(db: Reader): Promise<Places> {
  const rows = await db.read<OrganizationRow>(
    'SELECT * FROM organizations ORDER BY created_at, id',
  );
  const projects = await readProjects(db);
  return {
    organizations: rows.map(({ id, name }) => ({ id, name, role: 'OWNER' })),
    projects: projects.map(({ id, name, organization_id: organizationId }) => ({
      id,
      name,
      organizationId,
      role: 'OWNER',
    })),
  };
}

async function listPersonPlaces(db: Reader, userId: string): Promise<Places> {
  const organizations = await db.read<{ id: string; name: string; role: string }>(
    `SELECT o.id, o.name, m.role FROM organization_memberships m
     JOIN organizations o ON o.id = m.organization_id WHERE m.user_id = ? ORDER BY o.created_at, o.id`,
    [userId],
  );
  const projects = await listOwnProjects(db, userId);
  return {
    organizations: organizations.map(({ role, ...one }) => ({
      ...one,
      role: isRole(role) ? role : 'NONE',
    })),
    projects: projects.map((one) => ({
      id: one.id,
      name: one.name,
      organizationId: one.organization_id,
      role: toProjectRole(one.organization_role, one.project_role),
    })),
  };
}

/** Lets the page session go on in another project. Throws COAIA-0003 for one that the person may not enter. */
export async function updateSessionProject(
  ports: AccessPorts,
  scope: Scope,
  input: { readonly token: string; readonly projectId: string },
): Promise<void> {
  const { projects } = await listPlaces(ports.db, scope);
  if (!projects.some(({ id }) => id === input.projectId))
    throw notFound('Project', input.projectId);
  await ports.db.write((tx) =>
    tx.run("UPDATE sign_ins SET project_id = ? WHERE token_hash = ? AND kind = 'session'", [
      input.projectId,
      toHash(input.token),
    ]),
  );
  ports.forget();
}
