/** Rows of keys. Public keys and hashes of secrets are one space for projects and organizations. */
import { commonErrors } from '#base';
import type { ApiKeyRow, OrganizationKeyRow, Transaction } from '#store';
import { toHash } from '../keys.ts';
import type { KeyPair } from '../keys.ts';

type Reader = Pick<Transaction, 'read'>;

const TABLES = ['api_keys', 'organization_keys'] as const;

export function readProjectKeys(db: Reader, projectId: string): Promise<readonly ApiKeyRow[]> {
  return db.read<ApiKeyRow>('SELECT * FROM api_keys WHERE project_id = ? ORDER BY created_at, id', [
    projectId,
  ]);
}

export function readOrganizationKeys(
  db: Reader,
  organizationId: string,
): Promise<readonly OrganizationKeyRow[]> {
  return db.read<OrganizationKeyRow>(
    'SELECT * FROM organization_keys WHERE organization_id = ? ORDER BY created_at, id',
    [organizationId],
  );
}

/** Makes all who add keys wait for each other, and refuses a half of the pair that is in use: COAIA-0007. */
export async function requireFreePair(tx: Transaction, pair: KeyPair): Promise<void> {
  await tx.lock(['access:keys']);
  for (const table of TABLES) {
    const taken = await tx.read(`SELECT id FROM ${table} WHERE public_key = ? OR secret_hash = ?`, [
      pair.publicKey,
      toHash(pair.secretKey),
    ]);
    if (taken.length > 0)
      throw commonErrors.create(
        'COAIA-0007',
        'API key with the provided publicKey or secretKey already exists',
      );
  }
}
