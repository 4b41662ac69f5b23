/** What the playground offers: every connection of the project with its models. */
import { isCoaiaError } from '#base';
import type { Scope } from '#base';
import type { LlmConnectionRow } from '#store';
import type { LlmAdapter, PlaygroundConnection, PlaygroundModels } from '@coaia/client';
import { isSupported } from '../chat/adapters.ts';
import { listModels, openConnection } from '../connections/connection.ts';
import { readServerModels } from '../connections/read-models.ts';
import { readAllConnections } from '../connections/storage.ts';
import type { ModelPorts } from '../ports.ts';

/** A server that is away must not keep the others from the page. */
const PATIENCE_MS = 3000;

/** In the order they were made. Servers are asked for their models side by side. */
export async function listPlaygroundModels(
  ports: ModelPorts,
  { projectId }: Scope,
  signal: AbortSignal,
): Promise<PlaygroundModels> {
  const rows = await readAllConnections(ports.db, projectId);
  return { connections: await Promise.all(rows.map((row) => toOffer(ports, row, signal))) };
}

async function toOffer(
  ports: ModelPorts,
  row: LlmConnectionRow,
  signal: AbortSignal,
): Promise<PlaygroundConnection> {
  const adapter = row.adapter as LlmAdapter;
  const own = listModels(row);
  const offer = { provider: row.provider, adapter, isSupported: isSupported(adapter) };
  try {
    const connection = openConnection(row, ports.secrets);
    const named = await readServerModels(ports, connection, { timeoutMs: PATIENCE_MS, signal });
    return { ...offer, models: [...new Set([...own, ...named])], problem: null };
  } catch (error) {
    signal.throwIfAborted();
    const problem = isCoaiaError(error) ? error.message : 'The server did not list its models.';
    return { ...offer, models: own, problem };
  }
}
