/** Rows of memberships. */
import type { Transaction } from '#store';
import { accessErrors } from '../errors.ts';
import type { MemberRow } from './member.ts';

type Reader = Pick<Transaction, 'read'>;

export interface ProjectPersonRow extends MemberRow {
  readonly active: number;
  readonly project_role: string | null;
}

/** Everybody in the organization, by address. */
export function readOrganizationMembers(
  db: Reader,
  organizationId: string,
): Promise<readonly MemberRow[]> {
  return db.read<MemberRow>(
    `SELECT m.user_id, m.role, u.email, u.name FROM organization_memberships m
     JOIN users u ON u.id = m.user_id WHERE m.organization_id = ? ORDER BY u.email`,
    [organizationId],
  );
}

/** Those with a role of their own in the project, by address. */
export function readProjectMembers(db: Reader, projectId: string): Promise<readonly MemberRow[]> {
  return db.read<MemberRow>(
    `SELECT m.user_id, m.role, u.email, u.name FROM project_memberships m
     JOIN users u ON u.id = m.user_id WHERE m.project_id = ? ORDER BY u.email`,
    [projectId],
  );
}

/** Everybody of the organization with both roles, by address. */
export function readProjectPeople(
  db: Reader,
  projectId: string,
): Promise<readonly ProjectPersonRow[]> {
  return db.read<ProjectPersonRow>(
    `SELECT om.user_id, om.role, u.email, u.name, u.active, pm.role AS project_role
     FROM projects p
     JOIN organization_memberships om ON om.organization_id = p.organization_id
     JOIN users u ON u.id = om.user_id
     LEFT JOIN project_memberships pm ON pm.project_id = p.id AND pm.user_id = om.user_id
     WHERE p.id = ? ORDER BY u.email`,
    [projectId],
  );
}

export async function readOrganizationRole(
  db: Reader,
  organizationId: string,
  userId: string,
): Promise<string | undefined> {
  const rows = await db.read<{ role: string }>(
    'SELECT role FROM organization_memberships WHERE organization_id = ? AND user_id = ?',
    [organizationId, userId],
  );
  return rows[0]?.role;
}

export async function readOwnProjectRole(
  db: Reader,
  projectId: string,
  userId: string,
): Promise<string | undefined> {
  const rows = await db.read<{ role: string }>(
    'SELECT role FROM project_memberships WHERE project_id = ? AND user_id = ?',
    [projectId, userId],
  );
  return rows[0]?.role;
}

/** Sets a role; writers of one organization wait for each other. Throws COAIA-0326 when no owner would be left. */
export async function writeOrganizationRole(
  tx: Transaction,
  key: { readonly organizationId: string; readonly userId: string },
  role: string,
  now: number,
): Promise<void> {
  const { organizationId, userId } = key;
  if (role !== 'OWNER') await requireOtherOwner(tx, organizationId, userId);
  const [known] = await tx.read<{ created_at: number }>(
    'SELECT created_at FROM organization_memberships WHERE organization_id = ? AND user_id = ?',
    [organizationId, userId],
  );
  await tx.upsert('organization_memberships', [
    {
      organization_id: organizationId,
      user_id: userId,
      role,
      created_at: known?.created_at ?? now,
      updated_at: now,
    },
  ]);
}

/** Takes somebody out of an organization and all its projects. True when there was something to take. */
export async function removeFromOrganization(
  tx: Transaction,
  organizationId: string,
  userId: string,
): Promise<boolean> {
  await requireOtherOwner(tx, organizationId, userId);
  await tx.run(
    `DELETE FROM project_memberships WHERE user_id = ?
     AND project_id IN (SELECT id FROM projects WHERE organization_id = ?)`,
    [userId, organizationId],
  );
  const count = await tx.run(
    'DELETE FROM organization_memberships WHERE organization_id = ? AND user_id = ?',
    [organizationId, userId],
  );
  return count > 0;
}

async function requireOtherOwner(
  tx: Transaction,
  organizationId: string,
  userId: string,
): Promise<void> {
  await tx.lock([`access:members:${organizationId}`]);
  const owners = await tx.read<{ user_id: string }>(
    "SELECT user_id FROM organization_memberships WHERE organization_id = ? AND role = 'OWNER'",
    [organizationId],
  );
  if (owners.length !== 1 || owners[0]?.user_id !== userId) return;
  throw accessErrors.create(
    'COAIA-0326',
    'The last owner of an organization cannot be removed or lowered; make somebody else an owner first.',
  );
}

/** True when somebody belongs to another organization than this one. */
export async function isElsewhere(
  db: Reader,
  organizationId: string,
  userId: string,
): Promise<boolean> {
  const rows = await db.read(
    'SELECT user_id FROM organization_memberships WHERE user_id = ? AND organization_id <> ? LIMIT 1',
    [userId, organizationId],
  );
  return rows.length > 0;
}
