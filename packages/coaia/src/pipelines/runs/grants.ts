/** What steps of a project's pipelines may do beyond asking models. Kept in the store: no template can change it. */
import type { Scope } from '#base';
import type { Database, Transaction } from '#store';
import type { ActionPermission } from '#surface';
import { runFailures } from './errors.ts';

/** `private`: web addresses inside private networks too. */
export type Grant = ActionPermission | 'private';

export const GRANTS = ['http', 'shell', 'files', 'private'] as const satisfies readonly Grant[];

const toName = (projectId: string) => `pipelines.allowed.${projectId}`;

export async function readGrants(
  db: Pick<Database, 'read'> | Transaction,
  projectId: string,
): Promise<readonly Grant[]> {
  const [row] = await db.read<{ value: string }>(
    'SELECT value FROM store_settings WHERE name = ?',
    [toName(projectId)],
  );
  const stored = row === undefined ? [] : (JSON.parse(row.value) as readonly string[]);
  return GRANTS.filter((grant) => stored.includes(grant));
}

export async function hasGrant(
  db: Pick<Database, 'read'>,
  projectId: string,
  grant: Grant,
): Promise<boolean> {
  return (await readGrants(db, projectId)).includes(grant);
}

/** Says what is allowed from now on. */
export async function replaceGrants(
  db: Database,
  { projectId }: Scope,
  grants: readonly Grant[],
): Promise<readonly Grant[]> {
  const next = GRANTS.filter((grant) => grants.includes(grant));
  await db.write((tx) =>
    tx.upsert('store_settings', [{ name: toName(projectId), value: JSON.stringify(next) }]),
  );
  return next;
}

const WORDS: Readonly<Record<ActionPermission, string>> = {
  http: 'calls to web addresses',
  shell: 'commands of a shell',
  files: 'files of this machine',
};

/** Fails with COAIA-5102 when the project does not allow it. */
export async function requireGrant(
  db: Pick<Database, 'read'>,
  projectId: string,
  permission: ActionPermission,
): Promise<void> {
  if (await hasGrant(db, projectId, permission)) return;
  throw runFailures.create(
    'COAIA-5102',
    `This project does not allow its pipelines ${WORDS[permission]}.`,
    { hint: `coaia pipeline allow ${permission}` },
  );
}
