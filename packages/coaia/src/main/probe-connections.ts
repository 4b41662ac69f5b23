/** The model connections of the store in this home, for `coaia doctor`. */
import { localScope } from '#access';
import { openDatabase } from '#store';
import type { ConnectionsApi } from '@coaia/client';
import { commandNeeds } from './command-needs.ts';
import type { ProbeOptions } from './probe-stash.ts';

/** Names with their addresses. The store exists; it is only read. */
export async function listModelConnections({
  env,
  settings,
}: ProbeOptions): Promise<readonly string[]> {
  const { paths, values } = settings;
  const store = { kind: 'sqlite', path: paths.database } as const;
  const db = await openDatabase(store, { mode: 'process', migrate: 'never', readOnly: true });
  try {
    const api = (await commandNeeds
      .get('connections')
      ?.openLocal(db, await localScope(db, { env }), {
        target: { kind: 'local' },
        store,
        durability: values.durability,
        env,
        offline: values.offline,
        ledgerPath: paths.egressLedger,
        settings,
      })) as ConnectionsApi;
    const { data } = await api.listConnections({ limit: 50 });
    return data.map(({ provider, baseURL }) => (baseURL ? `${provider} (${baseURL})` : provider));
  } finally {
    await db.close();
  }
}
