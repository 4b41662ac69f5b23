/** Which connection a request goes through. */
import type { LlmConnectionRow } from '#store';
import { modelFailures } from '../errors.ts';
import type { ModelPorts, SettingsServer } from '../ports.ts';
import { listModels, openConnection } from './connection.ts';
import type { OpenConnection } from './connection.ts';
import { readAllConnections } from './storage.ts';

/**
 * The connection of that name; without a name the first one that lists the model, else the only one there is.
 * Fails with COAIA-4000 (none at all), COAIA-4001 (not that one) and COAIA-4020.
 */
export async function findConnection(
  { db, secrets, server }: Pick<ModelPorts, 'db' | 'secrets' | 'server'>,
  projectId: string,
  wanted: { readonly provider?: string | undefined; readonly model: string },
): Promise<OpenConnection> {
  if (server !== undefined && wanted.provider === undefined) return toSettingsConnection(server);
  const rows = await readAllConnections(db, projectId);
  if (rows.length === 0) throw noConnection();
  const row = choose(rows, wanted);
  if (row === undefined) throw noSuchConnection(rows, wanted);
  return openConnection(row, secrets);
}

/** The server of the settings as a connection, which has no row and no name of its own. */
function toSettingsConnection(server: SettingsServer): OpenConnection {
  return { ...server, id: 'settings', provider: 'settings', adapter: 'openai', extraHeaders: {} };
}

function choose(
  rows: readonly LlmConnectionRow[],
  wanted: { readonly provider?: string | undefined; readonly model: string },
): LlmConnectionRow | undefined {
  if (wanted.provider !== undefined)
    return rows.find(({ provider }) => provider === wanted.provider);
  const listed = rows.find((row) => listModels(row).includes(wanted.model));
  return listed ?? (rows.length === 1 ? rows[0] : undefined);
}

/** COAIA-4000, with the way out for a model on this machine. */
export function noConnection() {
  return modelFailures.create('COAIA-4000', 'This project has no connection to a model server.', {
    hint: 'coaia models connections set ollama --base-url http://127.0.0.1:11434/v1',
  });
}

function noSuchConnection(
  rows: readonly LlmConnectionRow[],
  { provider, model }: { readonly provider?: string | undefined; readonly model: string },
) {
  const names = rows.map((row) => row.provider).join(', ');
  const message =
    provider === undefined
      ? `No connection lists the model "${model}", so the connection must be named: ${names}.`
      : `There is no connection "${provider}" in this project; there is ${names}.`;
  return modelFailures.create('COAIA-4001', message, { hint: 'coaia models connections list' });
}
