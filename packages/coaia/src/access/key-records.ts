/** Keys as a request needs them: of a project or of an organization. */
import type { ApiKeyRow, Database, OrganizationKeyRow, ProjectRow } from '#store';

type Common = Pick<ApiKeyRow, 'id' | 'public_key' | 'secret_hash' | 'expires_at' | 'last_used_at'>;

export type KeyRecord =
  | (Common &
      Pick<ApiKeyRow, 'project_id' | 'role' | 'requests_per_minute' | 'scopes'> &
      Pick<ProjectRow, 'strict'>)
  | (Common & Pick<OrganizationKeyRow, 'organization_id'> & { readonly project_id: null });

const COMMON = 'k.id, k.public_key, k.secret_hash, k.expires_at, k.last_used_at';

/** The key with this hash of its secret, or this public key. */
export async function findKey(
  db: Database,
  column: 'secret_hash' | 'public_key',
  value: string,
): Promise<KeyRecord | undefined> {
  const rows = await db.read<KeyRecord>(
    `SELECT ${COMMON}, k.project_id, k.role, k.requests_per_minute, k.scopes, p.strict
     FROM api_keys k JOIN projects p ON p.id = k.project_id WHERE k.${column} = ?`,
    [value],
  );
  if (rows[0] !== undefined) return rows[0];
  const others = await db.read<KeyRecord>(
    `SELECT ${COMMON}, k.organization_id, NULL AS project_id FROM organization_keys k WHERE k.${column} = ?`,
    [value],
  );
  return others[0];
}
