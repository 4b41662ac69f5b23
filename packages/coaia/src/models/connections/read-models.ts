/** Asks a model server which models it has. */
import { isObject } from '#base';
import { findAdapter } from '../chat/adapters.ts';
import { malformed, toClean } from '../chat/answer-failures.ts';
import { readText } from '../chat/read-body.ts';
import { sendCall } from '../chat/send-call.ts';
import type { ModelPorts } from '../ports.ts';
import type { OpenConnection } from './connection.ts';

/** Their names in order. Fails like a call of a model; waits at most `timeoutMs`. */
export async function readServerModels(
  ports: Pick<ModelPorts, 'egress'>,
  connection: OpenConnection,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<readonly string[]> {
  const limit = AbortSignal.timeout(timeoutMs);
  const ends = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  const call = findAdapter(connection).toModelsCall(connection);
  const answer = await sendCall(ports, call, {
    connection,
    model: '',
    signal: ends,
    timeoutMs,
    retries: 0,
  });
  return parseModels(toClean(await readText(answer, ends), connection)).toSorted();
}

/** `{data: [{id}]}`, as OpenAI and Anthropic have it. */
function parseModels(text: string): readonly string[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw malformed('its list of models is no JSON; base URLs usually end in /v1', error);
  }
  const data = isObject(body) ? body['data'] : undefined;
  if (!Array.isArray(data)) throw malformed('its list of models has no "data"');
  return data.flatMap((model: unknown) =>
    isObject(model) && typeof model['id'] === 'string' ? [model['id']] : [],
  );
}
