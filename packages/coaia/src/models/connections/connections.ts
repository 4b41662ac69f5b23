/** What can be done with connections to model servers. */
import { createId, notFound, toPageMeta } from '#base';
import type { Scope } from '#base';
import type { LlmConnectionRow, Transaction } from '#store';
import type { LlmConnection, Paged } from '@coaia/client';
import type { ModelPorts } from '../ports.ts';
import { checkConnection } from './check-connection.ts';
import { toConnection, toDisplaySecret, toSecretContext } from './connection.ts';
import type { ConnectionBody, ConnectionListQuery } from './schema.ts';
import { readConnectionCount, readConnections, readProvider } from './storage.ts';

/** One page, newest first; secrets stay where they are. */
export async function listConnections(
  { db }: Pick<ModelPorts, 'db'>,
  { projectId }: Scope,
  { page, limit }: ConnectionListQuery,
): Promise<Paged<LlmConnection>> {
  const [rows, total] = await Promise.all([
    readConnections(db, projectId, { limit, offset: (page - 1) * limit }),
    readConnectionCount(db, projectId),
  ]);
  return { data: rows.map(toConnection), meta: toPageMeta(page, limit, total) };
}

/**
 * Makes the connection of that name, or replaces all of it but its id. Fails with COAIA-4030 (does not fit),
 * COAIA-4021 and COAIA-4022 (no key to encrypt under).
 */
export async function updateConnection(
  { db, clock, secrets }: Pick<ModelPorts, 'db' | 'clock' | 'secrets'>,
  { projectId }: Scope,
  body: ConnectionBody,
): Promise<LlmConnection> {
  checkConnection(body);
  const now = clock();
  const row = await db.write(async (tx: Transaction) => {
    await tx.lock([`llm-connection:${projectId}:${body.provider}`]);
    const known = await readProvider(tx, projectId, body.provider);
    const id = known?.id ?? createId();
    const { secretKey } = body;
    const extraHeaders = body.extraHeaders ?? {};
    const { keyId, sealed } = secrets.seal(
      JSON.stringify({ secretKey, extraHeaders }),
      toSecretContext(projectId, id),
    );
    const changed: LlmConnectionRow = {
      project_id: projectId,
      id,
      provider: body.provider,
      adapter: body.adapter,
      base_url: body.baseURL || null,
      custom_models: JSON.stringify([...new Set(body.customModels)]),
      with_default_models: body.withDefaultModels === false ? 0 : 1,
      config: body.config ? JSON.stringify(body.config) : null,
      display_secret: toDisplaySecret(secretKey),
      extra_header_keys: JSON.stringify(Object.keys(extraHeaders)),
      key_id: keyId,
      sealed,
      created_at: known?.created_at ?? now,
      updated_at: now,
    };
    await tx.upsert('llm_connections', [changed]);
    return changed;
  });
  return toConnection(row);
}

/** Forgets a connection and its secret. Fails with COAIA-0003. */
export async function deleteConnection(
  { db }: Pick<ModelPorts, 'db'>,
  { projectId }: Scope,
  id: string,
): Promise<{ readonly message: string }> {
  const count = await db.write((tx) =>
    tx.run('DELETE FROM llm_connections WHERE project_id = ? AND id = ?', [projectId, id]),
  );
  if (count === 0) throw notFound('LLM connection', id);
  return { message: 'LLM connection deleted' };
}
