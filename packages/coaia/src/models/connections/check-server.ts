/** Tries a connection: really calls its server. */
import { notFound } from '#base';
import type { Scope } from '#base';
import type { ConnectionTest } from '@coaia/client';
import { findAdapter } from '../chat/adapters.ts';
import { openChat } from '../chat/open-chat.ts';
import { modelFailures } from '../errors.ts';
import type { ModelPorts } from '../ports.ts';
import { openConnection } from './connection.ts';
import { readServerModels } from './read-models.ts';
import { readConnection } from './storage.ts';

const LIST_MS = 15_000;
const ANSWER_MS = 120_000;

/**
 * Asks the server for its models, and with `model` that model for a word; the latter is recorded as a trace.
 * Fails with COAIA-0003 and like a call of a model.
 */
export async function testConnection(
  ports: ModelPorts,
  scope: Scope,
  id: string,
  { model, signal }: { readonly model?: string | undefined; readonly signal?: AbortSignal },
): Promise<ConnectionTest> {
  const row = await readConnection(ports.db, scope.projectId, id);
  if (row === undefined) throw notFound('LLM connection', id, 'coaia models connections list');
  const connection = openConnection(row, ports.secrets);
  const { provider, adapter } = connection;
  const baseUrl = connection.baseUrl ?? findAdapter(connection).vendorUrl;
  const startedAt = ports.clock();
  const stop = signal === undefined ? {} : { signal };
  const models = await readServerModels(ports, connection, { timeoutMs: LIST_MS, ...stop }).catch(
    toTimely,
  );
  const facts = { provider, adapter, baseUrl, models };
  if (model === undefined)
    return { ...facts, latencyMs: ports.clock() - startedAt, answer: null, traceId: null };
  const messages = [{ role: 'user', content: 'Answer with the one word: ready' }] as const;
  const { content, latencyMs, traceId } = await openChat(ports).send(
    { provider, model, messages },
    { scope, trace: { name: 'connection-test' }, timeoutMs: ANSWER_MS, ...stop },
  );
  return { ...facts, latencyMs, answer: content, traceId };
}

function toTimely(error: unknown): never {
  if ((error as { readonly name?: unknown }).name !== 'TimeoutError') throw error;
  throw modelFailures.create(
    'COAIA-4010',
    `The model server did not list its models within ${LIST_MS / 1000} s.`,
    { cause: error },
  );
}
