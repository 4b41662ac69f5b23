/** One request to a model server, repeated while that helps and nothing has been answered yet. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isCoaiaError } from '#base';
import type { OpenConnection } from '../connections/connection.ts';
import { modelFailures } from '../errors.ts';
import type { ModelPorts } from '../ports.ts';
import type { ChatCall } from './adapter.ts';
import { toClean, toFailure } from './answer-failures.ts';
import { readText } from './read-body.ts';

export interface CallContext {
  readonly connection: OpenConnection;
  readonly model: string;
  /** Ends the call, also for running out of time. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly retries: number;
}

const RETRIED = new Set([408, 429, 500, 502, 503, 504, 529]);

/** Waiting longer than this is the caller's decision. */
const LONGEST_WAIT_MS = 20_000;

/** The head of a 2xx answer. Rejects with COAIA-4003 to 4011, COAIA-0601, or the signal's reason. */
export async function sendCall(
  ports: Pick<ModelPorts, 'egress'>,
  call: Call,
  context: CallContext,
): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const isLast = attempt >= context.retries;
    const result = await trySending(ports, call, context, isLast);
    if (result instanceof Response) return result;
    await sleep(result.waitMs ?? 500 * 2 ** attempt * (0.75 + Math.random() / 2), undefined, {
      signal: context.signal,
    }).catch(() => context.signal.throwIfAborted());
  }
}

interface Again {
  /** What the server asked for; undefined: the usual pause. */
  readonly waitMs: number | undefined;
}

type Call = Omit<ChatCall, 'body'> & {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as they are, with the content type of the headers. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly method?: 'GET' | 'POST';
};

async function trySending(
  { egress }: Pick<ModelPorts, 'egress'>,
  call: Call,
  context: CallContext,
  isLast: boolean,
): Promise<Response | Again> {
  const { connection, signal, timeoutMs } = context;
  let answer: Response;
  try {
    const init = { ...toInit(call), signal, readTimeoutMs: timeoutMs };
    answer = await egress.fetch('models', call.url, init);
  } catch (error) {
    signal.throwIfAborted();
    if (!isLast && isLost(error)) return { waitMs: undefined };
    throw toUnreached(error, call.url, connection.provider);
  }
  if (answer.ok) return answer;
  const retryAfter = toSeconds(answer.headers.get('retry-after'));
  const waitMs = retryAfter === undefined ? undefined : retryAfter * 1000;
  if (isLast || !RETRIED.has(answer.status) || (waitMs ?? 0) > LONGEST_WAIT_MS)
    throw await readFailure(answer, call.url, retryAfter, context);
  await answer.body?.cancel();
  return { waitMs };
}

function toInit({ headers, body, bytes, method }: Call) {
  if (bytes !== undefined) return { method: 'POST', headers, body: bytes };
  if (body === undefined) return { method: method ?? 'GET', headers };
  const typed = { ...headers, 'content-type': 'application/json' };
  return { method: 'POST', headers: typed, body: JSON.stringify(body) };
}

async function readFailure(
  answer: Response,
  url: string,
  retryAfter: number | undefined,
  { connection, model, signal }: CallContext,
) {
  const text = toClean(await readText(answer, signal).catch(() => ''), connection);
  const { host } = new URL(url);
  const { provider } = connection;
  return toFailure({ status: answer.status, text, retryAfter, host, provider, model });
}

function toCode(error: unknown): string {
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === 'string' ? code : 'unknown';
}

/** The connection stood and broke; a kept one that the server had closed looks the same. */
function isLost(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes(toCode(error));
}

function toUnreached(error: unknown, url: string, provider: string) {
  if (isCoaiaError(error)) return error;
  const code = toCode(error);
  const { host } = new URL(url);
  if (code === 'ETIMEDOUT')
    return modelFailures.create('COAIA-4010', `${host} did not answer in time.`, { cause: error });
  return modelFailures.create(
    'COAIA-4009',
    `Nothing answers at ${host}, the address of the connection "${provider}" (${code}).`,
    { hint: `coaia models connections test ${provider}`, cause: error },
  );
}

/** Seconds of Retry-After, also when it is a date; undefined when there is none that can be read. */
function toSeconds(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds;
  const time = Date.parse(header);
  return Number.isNaN(time) ? undefined : Math.max(0, Math.ceil((time - Date.now()) / 1000));
}
