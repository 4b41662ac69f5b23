/** Connections as people name them on a command line. */
import { notFound } from '#base';
import type { ConnectionsApi, LlmConnection } from '@coaia/client';

/** All connections, newest first. */
export async function listAllConnections(
  api: Pick<ConnectionsApi, 'listConnections'>,
): Promise<readonly LlmConnection[]> {
  const all: LlmConnection[] = [];
  for (let page = 1; ; page++) {
    const { data, meta } = await api.listConnections({ page, limit: 100 });
    all.push(...data);
    if (page >= meta.totalPages) return all;
  }
}

/** The connection with that name or id. Fails with COAIA-0003. */
export async function findByName(
  api: Pick<ConnectionsApi, 'listConnections'>,
  name: string,
): Promise<LlmConnection> {
  const all = await listAllConnections(api);
  const found = all.find(({ provider }) => provider === name) ?? all.find(({ id }) => id === name);
  if (found === undefined) throw notFound('LLM connection', name, 'coaia models connections list');
  return found;
}
