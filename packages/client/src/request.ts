/** One HTTP call with time limits, retries and errors that say what to do. */
import { ClientError, isClientError, removeSecrets } from './client-error.ts';
import type { ClientErrorKind } from './client-error.ts';
import { findDelay, isRetryableNetworkCode, isRetryableStatus, parseRetryAfter } from './retry.ts';

/** What `fetch` gets beside the standard fields; an implementation that cannot do it ignores the member. */
export type FetchInit = RequestInit & { readonly connectTimeoutMs?: number };
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/** Everything that stays the same between the calls of one client. */
export interface Connection {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly publicKey: string;
  readonly secretKey: string;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  /** Further attempts after the first. */
  readonly retries: number;
  readonly userAgent: string;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly now: () => number;
  /** Stops every call of the client. */
  readonly signal?: AbortSignal;
}

export interface RequestInput {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Path with its query, starting with a slash; segments are encoded already. */
  readonly path: string;
  readonly body?: string | Uint8Array;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A POST that may be sent twice without harm; GET, PUT and DELETE always may. */
  readonly isRepeatable?: boolean;
  readonly signal?: AbortSignal;
  /** Instead of the connection's. */
  readonly timeoutMs?: number;
}

type Attempt =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ClientError; readonly retryAfterMs?: number };

/** Sends a request and returns the parsed JSON answer (undefined for an empty one). Rejects with ClientError. */
export async function sendRequest(connection: Connection, input: RequestInput): Promise<unknown> {
  const mayRepeat =
    input.method !== 'POST' && input.method !== 'PATCH' ? true : input.isRepeatable === true;
  for (let attempt = 0; ; attempt++) {
    const result = await sendOnce(connection, input);
    if (result.ok) return result.value;
    const isLast = !mayRepeat || !result.error.retryable || attempt >= connection.retries;
    const delay = isLast ? undefined : findDelay(attempt, result.retryAfterMs, connection.random);
    if (delay === undefined) throw result.error;
    await connection.sleep(delay, toStop(connection, input));
  }
}

/** Aborted when the caller stops this call or all of them. */
function toStop(connection: Connection, input: RequestInput): AbortSignal | undefined {
  const stops = [connection.signal, input.signal].filter((signal) => signal !== undefined);
  return stops.length < 2 ? stops[0] : AbortSignal.any(stops);
}

async function sendOnce(connection: Connection, input: RequestInput): Promise<Attempt> {
  const limit = AbortSignal.timeout(input.timeoutMs ?? connection.timeoutMs);
  const stop = toStop(connection, input);
  try {
    const response = await connection.fetch(`${connection.baseUrl}${input.path}`, {
      method: input.method,
      headers: toHeaders(connection, input),
      ...(input.body === undefined ? {} : { body: input.body as string }),
      signal: stop === undefined ? limit : AbortSignal.any([limit, stop]),
      connectTimeoutMs: connection.connectTimeoutMs,
    });
    const text = await response.text();
    return response.ok
      ? readAnswer(connection, text, response.status)
      : readRefusal(connection, response, text);
  } catch (error) {
    if (isClientError(error)) throw error;
    return { ok: false, error: toNetworkError(connection, input, limit, error) };
  }
}

function toHeaders(connection: Connection, input: RequestInput): Record<string, string> {
  const isBrowser = 'document' in globalThis;
  return {
    accept: 'application/json',
    authorization: `Basic ${toBase64(`${connection.publicKey}:${connection.secretKey}`)}`,
    // Browsers forbid the header and log a warning for it.
    ...(isBrowser ? {} : { 'user-agent': connection.userAgent }),
    ...(input.body === undefined
      ? {}
      : { 'content-type': input.contentType ?? 'application/json' }),
    ...input.headers,
  };
}

function toBase64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}

function readAnswer(connection: Connection, text: string, status: number): Attempt {
  if (text.trim() === '') return { ok: true, value: undefined };
  const value = parseJson(text);
  if (value !== undefined) return { ok: true, value };
  const message = `${connection.baseUrl} answered ${status} with something that is not JSON; is this the address of a Coaia or Langfuse server?`;
  return {
    ok: false,
    error: new ClientError(message, { kind: 'unexpected', status, body: text.slice(0, 500) }),
  };
}

function readRefusal(connection: Connection, response: Response, text: string): Attempt {
  const { status } = response;
  const clean = removeSecrets(text, [connection.secretKey]);
  const body = parseJson(clean) ?? clean.slice(0, 2000);
  const moved = status >= 300 && status < 400 ? response.headers.get('location') : null;
  const message =
    moved === null
      ? toRefusalMessage(connection, status, body)
      : `${connection.baseUrl} answered ${status} and points to ${moved}; use that address.`;
  const error = new ClientError(message, {
    kind: toKind(status),
    status,
    code: toServerCode(body) ?? `HTTP${status}`,
    body,
    retryable: isRetryableStatus(status),
  });
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), connection.now());
  return { ok: false, error, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function toKind(status: number): ClientErrorKind {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not-found';
  return status === 408 || status === 429 || (status >= 502 && status <= 504)
    ? 'unavailable'
    : 'rejected';
}

function toServerCode(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { code, error } = body as { readonly code?: unknown; readonly error?: unknown };
  if (typeof code === 'string') return code;
  return typeof error === 'string' ? error : undefined;
}

function toRefusalMessage(connection: Connection, status: number, body: unknown): string {
  const reason = toReason(body);
  const host = connection.baseUrl;
  if (status === 401) {
    return `${host} refused the keys (401)${reason}. Check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY and which server they belong to.`;
  }
  if (status === 403) return `${host} does not allow this with these keys (403)${reason}.`;
  return `${host} answered ${status}${reason}.`;
}

function toReason(body: unknown): string {
  const from =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  const text = typeof body === 'string' ? body : (from?.message ?? from?.detail ?? '');
  // A proxy's HTML page says nothing to a person at a terminal.
  const line = typeof text === 'string' && !text.includes('<') ? text.split('\n')[0]?.trim() : '';
  return line ? `: ${line.slice(0, 300).replace(/\.$/, '')}${toFirstIssue(from)}` : '';
}

interface Issue {
  readonly path?: readonly unknown[];
  readonly message?: unknown;
}

/** The first of the issues that refusals of Langfuse's API list, as ` (limit: Too small)`. */
function toFirstIssue(body: Readonly<Record<string, unknown>> | undefined): string {
  const issues = body?.['error'] ?? body?.['errors'];
  const issue = Array.isArray(issues) ? (issues[0] as Issue | null | undefined) : undefined;
  if (typeof issue?.message !== 'string' || issue.message.includes('<')) return '';
  const where =
    Array.isArray(issue.path) && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return ` (${where}${issue.message.slice(0, 200)})`;
}

function toNetworkError(
  connection: Connection,
  input: RequestInput,
  limit: AbortSignal,
  cause: unknown,
): ClientError {
  const host = connection.baseUrl;
  if (limit.aborted) {
    const seconds = (input.timeoutMs ?? connection.timeoutMs) / 1000;
    return new ClientError(`${host} did not answer within ${seconds} s.`, {
      kind: 'timeout',
      code: 'ETIMEDOUT',
      cause,
    });
  }
  if (connection.signal?.aborted === true || input.signal?.aborted === true) {
    return new ClientError(`The call to ${host} was stopped.`, { kind: 'aborted', cause });
  }
  const code = toNetworkCode(cause);
  return new ClientError(
    `Cannot reach ${host} (${code}). Check the address and that the server runs.`,
    {
      kind: code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT' ? 'timeout' : 'unreachable',
      code,
      retryable: isRetryableNetworkCode(code),
      cause,
    },
  );
}

/** The system's name of a failure, found in the chain of causes; `fetch` wraps it in a TypeError. */
function toNetworkCode(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = (at as { readonly code?: unknown }).code;
    if (typeof code === 'string') return code;
    const first = (at as { readonly errors?: readonly { readonly code?: unknown }[] }).errors?.[0]
      ?.code;
    if (typeof first === 'string') return first;
  }
  return 'no connection';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
