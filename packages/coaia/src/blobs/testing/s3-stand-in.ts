/** A small S3 for tests: one bucket in memory, path style, that believes nobody. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Location } from '../s3-location.ts';
import { verifySigV4 } from './verify-sigv4.ts';

export interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string | undefined;
}

export interface S3StandIn {
  /** Where it answers and with which keys; the bucket exists. */
  readonly location: S3Location;
  /** What lies in the bucket, by key. */
  readonly objects: ReadonlyMap<string, StoredObject>;
  /** `METHOD /path -> status code` of every request, in order. */
  readonly log: readonly string[];
  /** Answers the next requests with this status instead, after it has read them. */
  failNext(status: number, times?: number): void;
  close(): Promise<void>;
}

interface State {
  readonly location: S3Location;
  readonly objects: Map<string, StoredObject>;
  readonly clock: () => number;
  failures: number[];
}

interface Reply {
  readonly status: number;
  readonly code?: string;
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const BUCKET = 'coaia-test';

/** Starts it on a free port of this machine. */
export async function openS3StandIn(clock: () => number = Date.now): Promise<S3StandIn> {
  const log: string[] = [];
  const server = createServer((request, response) => {
    void answer(state, request, response, log);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const state: State = {
    location: {
      bucket: BUCKET,
      region: 'eu-test-1',
      endpoint: `http://127.0.0.1:${port}`,
      pathStyle: true,
      accessKeyId: 'AKIATEST',
      secretAccessKey: 'secret/of+the test',
    },
    objects: new Map(),
    clock,
    failures: [],
  };
  return {
    location: state.location,
    objects: state.objects,
    log,
    failNext(status, times = 1) {
      state.failures = Array.from({ length: times }, () => status);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  log: string[],
): Promise<void> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // Cut off before its end: nothing is stored.
    log.push(`${request.method} ${request.url?.split('?')[0]} -> cut off`);
    return;
  }
  const failure = state.failures.shift();
  const reply: Reply =
    failure === undefined
      ? toReply(state, request, Buffer.concat(chunks))
      : { status: failure, code: 'SlowDown' };
  const note = reply.code === undefined ? '' : ` ${reply.code}`;
  log.push(`${request.method} ${request.url?.split('?')[0]} -> ${reply.status}${note}`);
  const body = reply.code === undefined ? reply.bytes : toXml(reply.code);
  const length = body === undefined ? {} : { 'content-length': String(body.length) };
  response.writeHead(reply.status, { ...length, ...reply.headers });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function toXml(code: string): Buffer {
  return Buffer.from(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}

function toReply(state: State, request: IncomingMessage, body: Buffer): Reply {
  const verified = verifySigV4(request, state.location, state.clock());
  if (typeof verified === 'string') return { status: 403, code: verified };
  const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
  const [, bucket = '', key = ''] = /^\/([^/]*)\/(.+)$/s.exec(path) ?? [];
  if (bucket !== BUCKET) return { status: 404, code: 'NoSuchBucket' };
  if (request.method === 'PUT') return put(state, request, { key, body, ...verified });
  const object = state.objects.get(key);
  if (request.method === 'DELETE') {
    state.objects.delete(key);
    return { status: 204 };
  }
  if (object === undefined) return { status: 404, code: 'NoSuchKey' };
  return get(request, object);
}

interface Putting {
  readonly key: string;
  readonly body: Buffer;
  readonly payloadHash: string;
}

function put(state: State, request: IncomingMessage, { key, body, payloadHash }: Putting): Reply {
  const hash = createHash('sha256').update(body).digest();
  if (payloadHash !== 'UNSIGNED-PAYLOAD' && payloadHash !== hash.toString('hex'))
    return { status: 400, code: 'XAmzContentSHA256Mismatch' };
  const checksum = request.headers['x-amz-checksum-sha256'];
  if (checksum !== undefined && checksum !== hash.toString('base64'))
    return { status: 400, code: 'BadDigest' };
  if (request.headers['content-length'] === undefined)
    return { status: 411, code: 'MissingContentLength' };
  state.objects.set(key, { bytes: body, contentType: request.headers['content-type'] });
  return { status: 200, headers: { etag: `"${hash.toString('hex').slice(0, 32)}"` } };
}

function get(request: IncomingMessage, { bytes, contentType }: StoredObject): Reply {
  const query = new URLSearchParams(request.url?.split('?')[1]);
  const type = query.get('response-content-type') ?? contentType;
  const disposition = query.get('response-content-disposition');
  const headers = {
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(disposition === null ? {} : { 'content-disposition': disposition }),
  };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  if (first === undefined) return { status: 200, bytes, headers };
  return { status: 206, bytes: bytes.subarray(Number(first), Number(last) + 1), headers };
}
