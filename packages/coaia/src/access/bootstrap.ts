/** First start: one organization, one project, one key pair; safe when many processes begin at once. */
import { createId } from '#base';
import type { Clock } from '#base';
import type { Database, Transaction } from '#store';
import { addCredentials, removeCredentials, writeCredentials } from './credentials-file.ts';
import type { FirstProject } from './first-project.ts';
import { createKeyPair, toDisplaySecret, toHash } from './keys.ts';
import type { KeyPair } from './keys.ts';

/** Name of the store setting that holds the id of the first project. */
export const FIRST_PROJECT = 'access.first_project';
const LOCK = 'access:first-project';

/**
 * Makes sure that the first project exists and returns its id. One read when it does;
 * otherwise one transaction, in which the first of several processes wins.
 */
export async function addFirstProject(
  db: Database,
  wanted: FirstProject,
  clock: Clock,
): Promise<string> {
  const known = await findFirstProject(db);
  if (known !== undefined && (wanted.projectId ?? known) === known) return known;
  return db.write(async (transaction) => {
    await transaction.lock([LOCK]);
    const projectId =
      wanted.projectId ??
      (await findFirstProject(transaction)) ??
      (await findOldestProject(transaction)) ??
      'default';
    await insertProject(transaction, wanted, projectId, clock());
    await transaction.upsert('store_settings', [{ name: FIRST_PROJECT, value: projectId }]);
    return projectId;
  });
}

/** Adds the pair that the operator chose, if the store does not have it, and notes it in the home. */
export async function addChosenKeys(
  db: Database,
  projectId: string,
  pair: KeyPair,
  credentialsPath: string | undefined,
  clock: Clock,
): Promise<void> {
  const secretHash = toHash(pair.secretKey);
  const known = await db.read(
    'SELECT id FROM api_keys WHERE secret_hash = ? AND public_key = ? AND project_id = ?',
    [secretHash, pair.publicKey, projectId],
  );
  if (known.length === 0) {
    await db.write(async (transaction) => {
      await transaction.lock([LOCK]);
      await transaction.run('DELETE FROM api_keys WHERE secret_hash = ? OR public_key = ?', [
        secretHash,
        pair.publicKey,
      ]);
      await insertKey(transaction, projectId, pair, 'LANGFUSE_INIT', clock());
    });
  }
  if (credentialsPath !== undefined)
    await writeCredentials(credentialsPath, { projectId, ...pair });
}

/**
 * Gives a project without keys a random pair. The file comes first and the store second: whoever is killed in
 * between leaves a file whose pair the next start puts into the store, so no secret is ever lost.
 */
export async function addRandomKeys(
  db: Database,
  projectId: string,
  credentialsPath: string,
  clock: Clock,
): Promise<void> {
  if (await hasKeys(db, projectId)) return;
  const mine = { projectId, ...createKeyPair() };
  const chosen = await addCredentials(credentialsPath, mine);
  const isStored = await db.write(async (transaction) => {
    await transaction.lock([LOCK]);
    // A process beside this one may have read our file and stored our pair before us.
    if (await hasKeys(transaction, projectId)) return hasKey(transaction, chosen);
    await insertKey(transaction, projectId, chosen, 'first start', clock());
    return true;
  });
  // Another machine on the same database was faster: its pair counts, ours never existed.
  if (!isStored && chosen === mine) await removeCredentials(credentialsPath, mine);
}

/** Id of the first project, or undefined on a store that nobody has started yet. */
export async function findFirstProject(db: Pick<Transaction, 'read'>): Promise<string | undefined> {
  const rows = await db.read<{ value: string }>('SELECT value FROM store_settings WHERE name = ?', [
    FIRST_PROJECT,
  ]);
  return rows[0]?.value;
}

async function findOldestProject(db: Pick<Transaction, 'read'>): Promise<string | undefined> {
  const rows = await db.read<{ id: string }>(
    'SELECT id FROM projects ORDER BY created_at, id LIMIT 1',
  );
  return rows[0]?.id;
}

async function hasKeys(db: Pick<Transaction, 'read'>, projectId: string): Promise<boolean> {
  const sql = 'SELECT id FROM api_keys WHERE project_id = ? LIMIT 1';
  return (await db.read(sql, [projectId])).length > 0;
}

async function hasKey(db: Pick<Transaction, 'read'>, pair: KeyPair): Promise<boolean> {
  const sql = 'SELECT id FROM api_keys WHERE secret_hash = ?';
  return (await db.read(sql, [toHash(pair.secretKey)])).length > 0;
}

async function insertProject(
  transaction: Transaction,
  wanted: FirstProject,
  projectId: string,
  now: number,
): Promise<void> {
  const found = await transaction.read('SELECT id FROM projects WHERE id = ?', [projectId]);
  if (found.length > 0) return;
  const { organizationId, organizationName } = wanted;
  const organization = await transaction.read('SELECT id FROM organizations WHERE id = ?', [
    organizationId,
  ]);
  if (organization.length === 0) {
    await transaction.upsert('organizations', [
      { id: organizationId, name: organizationName, created_at: now },
    ]);
  }
  await transaction.upsert('projects', [
    {
      id: projectId,
      organization_id: organizationId,
      name: wanted.projectName,
      metadata: '{}',
      retention_days: null,
      created_at: now,
      updated_at: now,
      strict: null,
    },
  ]);
}

async function insertKey(
  transaction: Transaction,
  projectId: string,
  pair: KeyPair,
  note: string,
  now: number,
): Promise<void> {
  await transaction.upsert('api_keys', [
    {
      id: createId(),
      project_id: projectId,
      public_key: pair.publicKey,
      secret_hash: toHash(pair.secretKey),
      display_secret: toDisplaySecret(pair.secretKey),
      note,
      created_at: now,
      last_used_at: null,
      expires_at: null,
      role: null,
      requests_per_minute: null,
      scopes: null,
    },
  ]);
}
