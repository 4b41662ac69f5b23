/**
 * A small server for the page's tests: it serves the built page with the product's content policy and an
 * in-memory, seeded implementation of the page's API. `node packages/web/tests/stub-server.ts 4180` runs it
 * by hand; tests open it in their own process and steer it.
 */
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import {
  queryKeys,
  toFacets,
  toHistogram,
  toObservation,
  toTrace,
  toTraces,
  toTree,
  type Answer,
  type StubStore,
} from './stub/answers.ts';
import { toHome, toSessionDetail, toSessions } from './stub/overview.ts';
import { createRandom } from './stub/random.ts';
import { createLargeTrace, createTrace, createTraces, type StubTrace } from './stub/trace-data.ts';

/** How the tests steer the stub. */
export interface Stub {
  readonly url: string;
  readonly requests: string[];
  /** Adds a trace as if a program had sent it, and tells the page. */
  readonly addTrace: (change?: Partial<StubTrace>) => StubTrace;
  readonly store: StubStore;
  /** `ok`, every API call refused with 500, or with 401. */
  mode: 'ok' | 'failing' | 'signed-out';
  /** Ends every connection, as a killed server does. */
  readonly drop: () => void;
  readonly close: () => Promise<void>;
}

const dist = join(import.meta.dirname, '../dist');
const policy =
  "default-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Starts a stub with `count` traces (and one large trace unless there are none). */
export async function openStub(count: number, port = 0): Promise<Stub> {
  const now = Date.now();
  const store: StubStore = {
    startedAt: now,
    traces:
      count === 0
        ? []
        : [createLargeTrace(now, 10_000), ...createTraces(count - 1, now)].toSorted((a, b) =>
            b.timestamp.localeCompare(a.timestamp),
          ),
  };
  const listeners = new Set<ServerResponse>();
  const recent: string[] = [];
  const random = createRandom(4242);
  let seq = 0;
  const emit = (change: object) => {
    seq += 1;
    for (const listener of listeners)
      listener.write(
        `event: change\nid: ${seq}\ndata: ${JSON.stringify({ seq, traces: [], sessions: [], deleted: [], ...change })}\n\n`,
      );
  };
  const server = createServer((request, response) => void answer(request, response));
  const stub = {
    url: '',
    requests: [] as string[],
    store,
    mode: 'ok' as Stub['mode'],
    addTrace: (change: Partial<StubTrace> = {}) => {
      const trace = { ...createTrace(random, Date.now(), 50_000 + seq), running: false, ...change };
      store.traces = [trace, ...store.traces.filter((one) => one.id !== trace.id)];
      emit({ traces: [trace.id], sessions: trace.sessionId === null ? [] : [trace.sessionId] });
      return trace;
    },
    drop: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://stub');
    stub.requests.push(`${request.method} ${url.pathname}${url.search}`);
    if (!url.pathname.startsWith('/api/')) return sendFile(url.pathname, response);
    if (stub.mode === 'failing')
      return send(response, {
        status: 500,
        body: {
          detail: 'The store could not be read: the disk is full.',
          code: 'COAIA-0107',
          hint: 'coaia doctor',
        },
      });
    if (stub.mode === 'signed-out')
      return send(response, {
        status: 401,
        body: { detail: 'Sign in first.', code: 'COAIA-0301', hint: 'coaia open' },
      });
    if (url.pathname.endsWith('/events')) return openEvents(response, listeners, seq);
    const body = request.method === 'GET' ? undefined : await readBody(request);
    const tree = /traces\/([^/]+)\/tree$/.exec(url.pathname)?.[1];
    if (tree !== undefined) recent.unshift(decodeURIComponent(tree));
    const result = route(store, request.method ?? 'GET', url, body, recent, emit, stub.url);
    send(response, result);
  };
  await new Promise<void>((done) => {
    server.listen(port, '127.0.0.1', done);
  });
  stub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return stub;
}

type Emit = (change: object) => void;

function route(
  store: StubStore,
  method: string,
  url: URL,
  body: unknown,
  recent: readonly string[],
  emit: Emit,
  baseUrl: string,
): Answer {
  const path = url.pathname.replace('/api/v1/projects/default/', '').replace('/api/v1/', '');
  const last = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
  if (method === 'DELETE' && path === '/api/public/traces') {
    const { traceIds } = body as { readonly traceIds: readonly string[] };
    store.traces = store.traces.filter((trace) => !traceIds.includes(trace.id));
    emit({ deleted: traceIds });
    return { status: 200, body: { message: 'deleted' } };
  }
  if (path === 'sample' && method !== 'GET') return changeSample(store, method, emit);
  if (path === 'sign-out') return { status: 204, body: undefined };
  if (path.startsWith('/api/public/traces/')) return toTrace(store, last);
  if (path.startsWith('/api/public/observations/')) return toObservation(store, last, recent);
  if (/^traces\/.+\/tree$/.test(path))
    return toTree(store, decodeURIComponent(path.split('/')[1] ?? ''));
  if (path.startsWith('sessions/')) return toSessionDetail(store, last);
  const plain: Readonly<Record<string, () => Answer>> = {
    session: () => toServerSession(store, baseUrl),
    traces: () => toTraces(store, url.searchParams),
    'traces/facets': () => toFacets(store, url.searchParams),
    'traces/histogram': () => toHistogram(store, url.searchParams),
    sessions: () => toSessions(store, url.searchParams),
    home: () => toHome(store),
    'query-keys': () => queryKeys,
  };
  return plain[path]?.() ?? { status: 404, body: { detail: 'No such route.', code: 'COAIA-0404' } };
}

function toServerSession(store: StubStore, baseUrl: string): Answer {
  return {
    status: 200,
    body: {
      project: { id: 'default', name: 'default' },
      projects: [{ id: 'default', name: 'default' }],
      server: { version: '4.35.0', coaia: '0.1.0', baseUrl, store: 'sqlite' },
      credentials: { publicKey: 'pk-lf-3f8e21c0', secretKey: 'sk-lf-9b1d77aa' },
      sample: { loaded: store.traces.some((trace) => trace.sample) },
      limits: {},
    },
  };
}

function changeSample(store: StubStore, method: string, emit: Emit): Answer {
  store.traces = store.traces.filter((trace) => !trace.sample);
  if (method === 'DELETE') return { status: 204, body: undefined };
  const added = createTraces(12, Date.now()).map((trace) => ({ ...trace, sample: true }));
  store.traces = [...added, ...store.traces];
  emit({ traces: added.map((trace) => trace.id) });
  return { status: 201, body: { traceIds: added.map((trace) => trace.id) } };
}

function openEvents(response: ServerResponse, listeners: Set<ServerResponse>, seq: number): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(`event: hello\ndata: ${JSON.stringify({ seq })}\n\n`);
  listeners.add(response);
  response.on('close', () => listeners.delete(response));
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function sendFile(path: string, response: ServerResponse): void {
  const file = normalize(join(dist, path));
  const found =
    file.startsWith(dist) && extname(file) !== '' && existsSync(file)
      ? file
      : join(dist, 'index.html');
  response.writeHead(200, {
    'content-type': types[extname(found)] ?? 'application/octet-stream',
    'content-security-policy': policy,
  });
  createReadStream(found).pipe(response);
}

if (process.argv[1] === import.meta.filename) {
  const stub = await openStub(Number(process.argv[3] ?? 10_000), Number(process.argv[2] ?? 4180));
  process.stdout.write(`${stub.url}/p/default/traces\n`);
}
