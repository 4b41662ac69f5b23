/** First start, second part: a key of the organization and the first person, when the operator named them. */
import { createId } from '#base';
import type { Clock } from '#base';
import type { Database } from '#store';
import { requireFreePair } from './api-keys/storage.ts';
import type { FirstPeople } from './first-project.ts';
import { toDisplaySecret, toHash } from './keys.ts';
import type { KeyPair } from './keys.ts';
import { readOrganizationRole, writeOrganizationRole } from './members/storage.ts';
import { toPasswordHash } from './users/password.ts';
import { addUser, findUser } from './users/storage.ts';
import { toEmail } from './users/user.ts';

/**
 * Adds what is missing in the organization of the first project: one read for each part that is there already. A
 * person keeps password and role that were changed since.
 */
export async function addFirstPeople(
  db: Database,
  projectId: string,
  people: FirstPeople,
  clock: Clock,
): Promise<void> {
  if (people.pair === undefined && people.email === undefined) return;
  const [project] = await db.read<{ organization_id: string }>(
    'SELECT organization_id FROM projects WHERE id = ?',
    [projectId],
  );
  if (project === undefined) return;
  const { organization_id: organizationId } = project;
  if (people.pair !== undefined) await addOrganizationKey(db, organizationId, people.pair, clock);
  if (people.email !== undefined)
    await addOwner(db, organizationId, { ...people, email: people.email }, clock);
}

async function addOrganizationKey(
  db: Database,
  organizationId: string,
  pair: KeyPair,
  clock: Clock,
): Promise<void> {
  const hash = toHash(pair.secretKey);
  const sql =
    'SELECT id FROM organization_keys WHERE secret_hash = ? AND public_key = ? AND organization_id = ?';
  const values = [hash, pair.publicKey, organizationId];
  if ((await db.read(sql, values)).length > 0) return;
  await db.write(async (tx) => {
    await tx.lock(['access:keys']);
    if ((await tx.read(sql, values)).length > 0) return;
    await tx.run('DELETE FROM organization_keys WHERE secret_hash = ? OR public_key = ?', [
      hash,
      pair.publicKey,
    ]);
    await requireFreePair(tx, pair);
    await tx.upsert('organization_keys', [
      {
        id: createId(),
        organization_id: organizationId,
        public_key: pair.publicKey,
        secret_hash: hash,
        display_secret: toDisplaySecret(pair.secretKey),
        note: 'COAIA_INIT',
        created_at: clock(),
        last_used_at: null,
        expires_at: null,
      },
    ]);
  });
}

async function addOwner(
  db: Database,
  organizationId: string,
  person: FirstPeople & { readonly email: string },
  clock: Clock,
): Promise<void> {
  const email = toEmail(person.email);
  const known = await findUser(db, email);
  const role = known && (await readOrganizationRole(db, organizationId, known.id));
  if (role !== undefined) return;
  const { password, name } = person;
  const hash = password === undefined ? null : await toPasswordHash(password);
  await db.write(async (tx) => {
    const now = clock();
    const { user, isNew } = await addUser(tx, { email, name: name ?? null }, now);
    if (isNew) await tx.upsert('users', [{ ...user, password_hash: hash }]);
    await writeOrganizationRole(tx, { organizationId, userId: user.id }, 'OWNER', now);
  });
}
