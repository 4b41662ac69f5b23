/** The command line on the store itself: no keys, the file's permissions are the door. */
import { systemClock } from '#base';
import type { Clock, Scope } from '#base';
import type { Database } from '#store';
import { addFirstProject } from './bootstrap.ts';
import { accessErrors } from './errors.ts';
import { toFirstProject } from './first-project.ts';
import type { Environment } from './first-project.ts';

export interface LocalScopeOptions {
  /** For LANGFUSE_INIT_*. */
  readonly env?: Environment;
  readonly clock?: Clock;
  /** Choose the project by one of its public keys instead of the first one. */
  readonly publicKey?: string;
}

/**
 * Scope of the first project, which is made if the store is new; one read otherwise.
 * Fails with COAIA-0304 when `publicKey` belongs to no project of this store.
 */
export async function localScope(db: Database, options: LocalScopeOptions = {}): Promise<Scope> {
  const { publicKey } = options;
  if (publicKey === undefined) {
    const wanted = toFirstProject(options.env ?? {});
    const projectId = await addFirstProject(db, wanted, options.clock ?? systemClock);
    return { projectId, level: 'project', via: 'local' };
  }
  const rows = await db.read<{ project_id: string }>(
    'SELECT project_id FROM api_keys WHERE public_key = ?',
    [publicKey],
  );
  const projectId = rows[0]?.project_id;
  if (projectId !== undefined) return { projectId, level: 'project', via: 'local', publicKey };
  throw accessErrors.create(
    'COAIA-0304',
    `The public key ${publicKey} belongs to no project of this store.`,
    { hint: 'coaia status' },
  );
}
