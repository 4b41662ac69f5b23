/** The migration room over the store of this home: both sides are read by the same operations. */
import { systemClock } from '#base';
import type { Scope } from '#base';
import { createEgress } from '#egress';
import { openLocalMigration } from '#migration';
import type { MigrationApi } from '#migration';
import type { Database } from '#store';
import { openBlobs } from './open-blobs.ts';
import { createLocalCalls, openOperations } from './operations.ts';
import type { OpenNeedOptions } from './open-options.ts';

/** Attempts of one read: a server that asks for pauses gets them. */
const RETRIES = 8;

/** Opens it; nothing is read before a command asks. */
export function openMigration(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<MigrationApi> {
  const { env, ledgerPath, offline, settings, signal, timeoutMs } = options;
  const egress = createEgress({ offline, ledgerPath, env });
  const { values, paths } = settings;
  const blobs = openBlobs({ folder: paths.blobs, values, egress: () => egress });
  return openLocalMigration({
    db,
    clock: systemClock,
    scope,
    blobs,
    async openSource(address) {
      const [{ createClient }, { openRemoteCalls }] = await Promise.all([
        import('@coaia/client'),
        import('#observability'),
      ]);
      const client = createClient({
        ...address,
        retries: RETRIES,
        fetch: (input, init) => egress.fetch('migration', input, init),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(signal === undefined ? {} : { signal }),
      });
      return openRemoteCalls({
        get: (segments: readonly string[], query = {}) =>
          client.request<unknown>('GET', segments, { query }),
      });
    },
    async openHere() {
      const calls = createLocalCalls(await openOperations({ db, blobs }, scope));
      return { get: (segments, query = {}) => calls.request('GET', segments, { query }) };
    },
    fetch: (url, end) => egress.fetch('migration', url, end === undefined ? {} : { signal: end }),
  });
}
