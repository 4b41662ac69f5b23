/** Lists one more model at a connection, for example one that was trained there. */
import type { Scope } from '#base';
import type { ModelPorts } from '../ports.ts';
import { readProvider } from './storage.ts';

/** Changes nothing when the model is listed, or the connection is gone. */
export async function addModel(
  { db, clock }: Pick<ModelPorts, 'db' | 'clock'>,
  { projectId }: Scope,
  provider: string,
  model: string,
): Promise<void> {
  await db.write(async (tx) => {
    await tx.lock([`llm-connection:${projectId}:${provider}`]);
    const row = await readProvider(tx, projectId, provider);
    if (row === undefined) return;
    const models = JSON.parse(row.custom_models) as readonly string[];
    if (models.includes(model)) return;
    const custom_models = JSON.stringify([...models, model]);
    await tx.upsert('llm_connections', [{ ...row, custom_models, updated_at: clock() }]);
  });
}
