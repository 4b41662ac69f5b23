/** The client: one plain object whose methods are the server's operations. */
import { MAX_BATCH_BYTES, sendBatches, toBatches } from './batches.ts';
import { ClientError } from './client-error.ts';
import { toPath, toQuery } from './query.ts';
import { sendRequest } from './request.ts';
import type { Connection, Fetch, RequestInput } from './request.ts';
import type { Health, IngestionResult, ObservabilityApi } from './wire.ts';

export interface ClientOptions {
  /** Address of the server, for example `http://127.0.0.1:26242`; a path is kept, a trailing slash is not. */
  readonly baseUrl: string;
  readonly publicKey: string;
  readonly secretKey: string;
  /** Defaults to the runtime's own. */
  readonly fetch?: Fetch;
  /** Longest wait for one answer; 30,000 by default. */
  readonly timeoutMs?: number;
  /** Longest wait for a connection; 5,000 by default. Handed to `fetch`, which may not know it. */
  readonly connectTimeoutMs?: number;
  /** Further attempts of calls that may be repeated; 3 by default. */
  readonly retries?: number;
  readonly userAgent?: string;
  /** Largest ingestion body in bytes. */
  readonly maxBatchBytes?: number;
  /** Stops every call. */
  readonly signal?: AbortSignal;
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** 0 to 1, for the jitter. */
  readonly random?: () => number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

export interface OtlpOptions {
  /** `application/json` or `application/x-protobuf`. */
  readonly contentType: string;
  /** Set when the body is compressed. */
  readonly contentEncoding?: 'gzip';
  readonly signal?: AbortSignal;
}

/** What a call carries besides its address. */
export interface CallOptions {
  /** Undefined members are left out, lists are repeated. */
  readonly query?: object;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The server can take the call twice without harm. */
  readonly isRepeatable?: boolean;
  /** `v1`: below `/api/v1`, which only Coaia has. */
  readonly area?: 'public' | 'v1';
  /** Stops this call, also while it waits for its next attempt. */
  readonly signal?: AbortSignal;
  /** Longest wait for one answer, instead of the client's. */
  readonly timeoutMs?: number;
}

/** The observability calls over HTTP, and what only a server has. Every method rejects with ClientError. */
export interface CoaiaClient extends ObservabilityApi {
  readonly baseUrl: string;
  readonly publicKey: string;
  /**
   * One call below `/api/public`: `request('GET', ['v2', 'scores'], { query: { page: 1 } })`. Segments are encoded.
   * POST and PATCH are repeated only with `isRepeatable`.
   */
  request<T>(
    method: RequestInput['method'],
    segments: readonly string[],
    options?: CallOptions,
  ): Promise<T>;
  health(): Promise<Health>;
  /** Sends an OTLP trace export; resolves once the server has taken it. */
  sendOtlp(body: string | Uint8Array, options: OtlpOptions): Promise<void>;
}

/** Makes a client. Throws ClientError of kind `config` when the address or a key is missing or unusable. */
export function createClient(options: ClientOptions): CoaiaClient {
  const connection = toConnection(options);
  const maxBytes = options.maxBatchBytes ?? MAX_BATCH_BYTES;
  const read = <T>(path: string, query: object = {}): Promise<T> =>
    sendRequest(connection, {
      method: 'GET',
      path: `${path}${toQuery({ ...query })}`,
    }) as Promise<T>;
  const sendIngestion = (body: string): Promise<IngestionResult> =>
    sendRequest(connection, {
      method: 'POST',
      path: toPath('ingestion'),
      body,
      isRepeatable: true,
    }) as Promise<IngestionResult>;
  return {
    baseUrl: connection.baseUrl,
    publicKey: connection.publicKey,
    async request<T>(
      method: RequestInput['method'],
      segments: readonly string[],
      given: CallOptions = {},
    ): Promise<T> {
      const { query = {}, body, isRepeatable = false, area = 'public', signal, timeoutMs } = given;
      const below = toPath(...segments).replace('/api/public/', `/api/${area}/`);
      const path = `${below}${toQuery({ ...query })}`;
      const input = {
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      };
      return sendRequest(connection, { method, path, isRepeatable, ...input }) as Promise<T>;
    },
    health: () => read(toPath('health')),
    ingest: (events, metadata) => sendBatches(toBatches(events, metadata, maxBytes), sendIngestion),
    listTraces: (query) => read(toPath('traces'), query),
    getTrace: async (traceId) => read(toPath('traces', traceId)),
    deleteTraces: (traceIds) => deleteTraces(connection, traceIds),
    listObservations: (query) => read(toPath('observations'), query),
    getObservation: async (observationId) => read(toPath('observations', observationId)),
    listSessions: (query) => read(toPath('sessions'), query),
    getSession: async (sessionId) => read(toPath('sessions', sessionId)),
    listProjects: () => read(toPath('projects')),
    listObservationsV2: (query) => read(toPath('v2', 'observations'), query),
    sendOtlp: (body, otlp) => sendOtlp(connection, body, otlp),
  };
}

const DEFAULTS: Omit<Connection, 'baseUrl' | 'publicKey' | 'secretKey'> = {
  timeoutMs: 30_000,
  connectTimeoutMs: 5_000,
  retries: 3,
  userAgent: 'coaia-client',
  sleep,
  random: Math.random,
  now: Date.now,
  // Looked up at each call, so that a test or an instrumentation may replace it later.
  fetch: (url, init) => globalThis.fetch(url, init),
};

function toConnection(options: ClientOptions): Connection {
  const baseUrl = options.baseUrl.trim().replace(/\/+$/, '');
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) {
    throw new ClientError(
      `The server address ${JSON.stringify(baseUrl)} is not an http or https URL.`,
      { kind: 'config' },
    );
  }
  for (const name of ['publicKey', 'secretKey'] as const) {
    if (!options[name]) {
      throw new ClientError(`The ${name} for ${baseUrl} is missing.`, { kind: 'config' });
    }
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...(Object.fromEntries(given) as unknown as ClientOptions), baseUrl };
}

/** One trace by its own address, several by one call. */
async function deleteTraces(connection: Connection, traceIds: readonly string[]): Promise<void> {
  const [only] = traceIds;
  if (only === undefined) return;
  const input: RequestInput =
    traceIds.length === 1
      ? { method: 'DELETE', path: toPath('traces', only) }
      : { method: 'DELETE', path: toPath('traces'), body: JSON.stringify({ traceIds }) };
  await sendRequest(connection, input);
}

async function sendOtlp(
  connection: Connection,
  body: string | Uint8Array,
  options: OtlpOptions,
): Promise<void> {
  await sendRequest(connection, {
    method: 'POST',
    path: toPath('otel', 'v1', 'traces'),
    body,
    contentType: options.contentType,
    // Spans carry their ids, so a server that saw them already merges them.
    isRepeatable: true,
    ...(options.contentEncoding === undefined
      ? {}
      : { headers: { 'content-encoding': options.contentEncoding } }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new ClientError('The call was stopped.', { kind: 'aborted' }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
