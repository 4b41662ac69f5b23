/** Rows of people. */
import { createId } from '#base';
import type { Transaction, UserRow } from '#store';

type Reader = Pick<Transaction, 'read'>;

export async function readUser(db: Reader, id: string): Promise<UserRow | undefined> {
  const rows = await db.read<UserRow>('SELECT * FROM users WHERE id = ?', [id]);
  return rows[0];
}

/** By address, which is lower case. */
export async function findUser(db: Reader, email: string): Promise<UserRow | undefined> {
  const rows = await db.read<UserRow>('SELECT * FROM users WHERE email = ?', [email]);
  return rows[0];
}

/** The person with this address, who is made when nobody has it. Writers of the same address wait for each other. */
export async function addUser(
  tx: Transaction,
  person: { readonly email: string; readonly name?: string | null; readonly externalId?: string },
  now: number,
): Promise<{ readonly user: UserRow; readonly isNew: boolean }> {
  await tx.lock([`access:user:${person.email}`]);
  const known = await findUser(tx, person.email);
  if (known !== undefined) return { user: known, isNew: false };
  const user: UserRow = {
    id: createId(),
    email: person.email,
    name: person.name ?? null,
    external_id: person.externalId ?? null,
    password_hash: null,
    active: 1,
    created_at: now,
    updated_at: now,
    last_sign_in_at: null,
  };
  await tx.upsert('users', [user]);
  return { user, isNew: true };
}

export interface OwnProject {
  readonly id: string;
  readonly name: string;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly organization_role: string;
  readonly project_role: string | null;
}

/** The projects in which somebody has a role other than NONE, oldest first. */
export function listOwnProjects(db: Reader, userId: string): Promise<readonly OwnProject[]> {
  return db.read<OwnProject>(
    `SELECT p.id, p.name, p.organization_id, o.name AS organization_name,
       om.role AS organization_role, pm.role AS project_role
     FROM organization_memberships om
     JOIN projects p ON p.organization_id = om.organization_id
     JOIN organizations o ON o.id = p.organization_id
     LEFT JOIN project_memberships pm ON pm.project_id = p.id AND pm.user_id = om.user_id
     WHERE om.user_id = ? AND COALESCE(pm.role, om.role) <> 'NONE' ORDER BY p.created_at, p.id`,
    [userId],
  );
}
