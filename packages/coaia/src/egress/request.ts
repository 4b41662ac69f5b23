/** One HTTP exchange over Node's own modules, answered as a standard Response. */
import type { Agent as HttpAgent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';

export interface ExchangeOptions {
  readonly agent: HttpAgent | HttpsAgent;
  /** Milliseconds until the connection must stand. */
  readonly connectTimeoutMs: number;
  /** Longest silence, in milliseconds, while sending, waiting or reading. */
  readonly readTimeoutMs: number;
  /** Instead of the system's. */
  readonly lookup?: LookupFunction | undefined;
}

const NO_BODY = new Set([101, 204, 205, 304]);

/**
 * Sends the request and resolves with the head of the answer; its body streams. Redirects are answers, never
 * followed. Rejects with the system's error (`code`: ECONNREFUSED, ENOTFOUND, ETIMEDOUT...) as `fetch` would
 * have it in its cause, or with the signal's reason.
 */
export async function sendExchange(
  url: URL,
  init: RequestInit,
  options: ExchangeOptions,
): Promise<Response> {
  const { signal } = init;
  signal?.throwIfAborted();
  const headers = new Headers(init.headers);
  const body = await readBody(init.body, headers);
  const answer = await sendMessage(url, init.method ?? 'GET', headers, { body, signal, options });
  return toResponse(answer, signal);
}

/** Files and streams go out as they are read; with a content-length header in one piece, else in chunks. */
async function readBody(body: RequestInit['body'], headers: Headers): Promise<Body | undefined> {
  if (body === undefined || body === null) return undefined;
  if (body instanceof Uint8Array || body instanceof ReadableStream) return body;
  if (body instanceof Blob) {
    headers.set('content-length', String(body.size));
    return body.stream();
  }
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  const wrapped = new Response(body);
  const type = wrapped.headers.get('content-type');
  if (type !== null && !headers.has('content-type')) headers.set('content-type', type);
  return new Uint8Array(await wrapped.arrayBuffer());
}

type Body = Uint8Array | ReadableStream<Uint8Array>;

interface Message {
  readonly body: Body | undefined;
  readonly signal: AbortSignal | null | undefined;
  readonly options: ExchangeOptions;
}

function toTimeout(reason: string): Error {
  return Object.assign(new Error(reason), { code: 'ETIMEDOUT' });
}

function sendMessage(
  url: URL,
  method: string,
  headers: Headers,
  { body, signal, options }: Message,
): Promise<IncomingMessage> {
  // The ESM form of these modules loads the whole fetch stack; the built-in getter does not.
  const { request } =
    url.protocol === 'https:'
      ? process.getBuiltinModule('node:https')
      : process.getBuiltinModule('node:http');
  if (body instanceof Uint8Array) headers.set('content-length', String(body.byteLength));
  if (!headers.has('accept-encoding')) headers.set('accept-encoding', 'gzip, br');
  const settings: RequestOptions = {
    method,
    headers: Object.fromEntries(headers),
    agent: options.agent,
    ...(signal ? { signal } : {}),
    ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
  };
  return new Promise((resolve, reject) => {
    const message = request(url, settings, resolve);
    const timer = setTimeout(
      () => message.destroy(toTimeout(`no connection within ${options.connectTimeoutMs} ms`)),
      options.connectTimeoutMs,
    );
    const stop = () => clearTimeout(timer);
    message.on('socket', (socket) => {
      if (!socket.connecting) stop();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', stop);
    });
    message.setTimeout(options.readTimeoutMs, () =>
      message.destroy(toTimeout(`silent for ${options.readTimeoutMs} ms`)),
    );
    message.on('response', stop);
    message.on('error', (error) => {
      stop();
      reject(signal?.aborted === true ? (signal.reason as Error) : error);
    });
    if (body instanceof ReadableStream) void sendStream(body, message);
    else message.end(body);
  });
}

/** What breaks the source breaks the request, so that the other side never takes a part for the whole. */
async function sendStream(body: ReadableStream<Uint8Array>, message: ClientRequest): Promise<void> {
  const { Readable: Streams } = await import('node:stream');
  const source = Streams.fromWeb(body);
  source.on('error', (error) => message.destroy(error));
  // Whoever answers early, or goes away, needs no more of it.
  message.on('close', () => source.destroy());
  source.pipe(message);
}

async function toResponse(
  answer: IncomingMessage,
  signal: AbortSignal | null | undefined,
): Promise<Response> {
  const status = answer.statusCode ?? 0;
  const headers = new Headers();
  for (let index = 0; index + 1 < answer.rawHeaders.length; index += 2)
    headers.append(answer.rawHeaders[index] ?? '', answer.rawHeaders[index + 1] ?? '');
  if (NO_BODY.has(status)) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  const stream = await toDecoded(answer);
  const { Readable: Streams } = await import('node:stream');
  signal?.addEventListener('abort', () => answer.destroy(signal.reason as Error), { once: true });
  const text = answer.statusMessage === undefined ? {} : { statusText: answer.statusMessage };
  return new Response(Streams.toWeb(stream) as ReadableStream, { status, headers, ...text });
}

async function toDecoded(answer: IncomingMessage): Promise<Readable> {
  const encoding = answer.headers['content-encoding']?.toLowerCase();
  if (encoding !== 'gzip' && encoding !== 'br' && encoding !== 'deflate') return answer;
  const { createBrotliDecompress, createUnzip } = await import('node:zlib');
  const { pipeline } = await import('node:stream');
  const decoder = encoding === 'br' ? createBrotliDecompress() : createUnzip();
  // The error reaches the reader through the decoder.
  return pipeline(answer, decoder, () => {});
}
