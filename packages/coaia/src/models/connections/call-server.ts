/** Calls of a connected server beside chats: files, fine-tuning jobs. Only OpenAI's protocol has them. */
import type { Scope } from '#base';
import { findAdapter } from '../chat/adapters.ts';
import { malformed, toClean } from '../chat/answer-failures.ts';
import { toBase, toOpenAiHeaders } from '../chat/openai-request.ts';
import { readText } from '../chat/read-body.ts';
import { sendCall } from '../chat/send-call.ts';
import type { ModelPorts } from '../ports.ts';
import { addModel } from './add-model.ts';
import { findConnection } from './find-connection.ts';

/** A connection that can be called; its secrets stay inside. */
export interface ModelServer {
  readonly provider: string;
  readonly adapter: string;
  /** JSON of a 2xx answer. `path` begins with a slash, after the base URL. Fails like a chat. */
  call(path: string, options?: ServerCall): Promise<unknown>;
  /** Lists a model at the connection, so that it can be asked for by name. */
  addModel(model: string): Promise<void>;
}

export interface ServerCall {
  readonly method?: 'GET' | 'POST';
  readonly json?: unknown;
  readonly form?: FormData;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const CALL_MS = 60_000;

/** The connection of that name, or the one that lists the model. Throws COAIA-4000, 4001, 4002 and 4020. */
export async function openModelServer(
  ports: ModelPorts,
  scope: Scope,
  wanted: { readonly provider?: string | undefined; readonly model: string },
): Promise<ModelServer> {
  const connection = await findConnection(ports, scope.projectId, wanted);
  findAdapter(connection);
  return {
    provider: connection.provider,
    adapter: connection.adapter,
    async call(path, options = {}) {
      const { json, form, timeoutMs = CALL_MS, signal } = options;
      const limit = AbortSignal.timeout(timeoutMs);
      const ends = signal === undefined ? limit : AbortSignal.any([signal, limit]);
      const method = options.method ?? (json === undefined && form === undefined ? 'GET' : 'POST');
      const packed = form === undefined ? undefined : await pack(form);
      const url = `${toBase(connection)}${path}`;
      const headers = { ...toOpenAiHeaders(connection), ...packed?.headers };
      const body = json === undefined ? {} : { body: json };
      const bytes = packed === undefined ? {} : { bytes: packed.bytes };
      // What makes something must not make it twice.
      const retries = method === 'GET' ? 2 : 0;
      const context = { connection, model: wanted.model, signal: ends, timeoutMs, retries };
      const answer = await sendCall(ports, { url, method, headers, ...body, ...bytes }, context);
      return parse(toClean(await readText(answer, ends), connection));
    },
    addModel: (model) => addModel(ports, scope, connection.provider, model),
  };
}

async function pack(form: FormData) {
  const packed = new Response(form);
  const type = packed.headers.get('content-type') ?? '';
  return { headers: { 'content-type': type }, bytes: new Uint8Array(await packed.arrayBuffer()) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed('it is no JSON', error);
  }
}
