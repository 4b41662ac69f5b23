/** People of an organization in pages, as SCIM lists them. */
import type { Transaction, UserRow } from '#store';

type Reader = Pick<Transaction, 'read'>;

const FROM =
  'FROM organization_memberships m JOIN users u ON u.id = m.user_id WHERE m.organization_id = ?';

export interface UserPage {
  readonly rows: readonly UserRow[];
  readonly total: number;
}

/** Members by the time they joined; `email` narrows to one. `skip` and `take` count rows. */
export async function readMemberUsers(
  db: Reader,
  organizationId: string,
  page: { readonly email: string | undefined; readonly skip: number; readonly take: number },
): Promise<UserPage> {
  const where = page.email === undefined ? FROM : `${FROM} AND u.email = ?`;
  const values = page.email === undefined ? [organizationId] : [organizationId, page.email];
  const [count] = await db.read<{ n: number }>(`SELECT COUNT(*) AS n ${where}`, values);
  const rows = await db.read<UserRow>(
    `SELECT u.* ${where} ORDER BY m.created_at, u.id LIMIT ? OFFSET ?`,
    [...values, page.take, page.skip],
  );
  return { rows, total: count?.n ?? 0 };
}
