/**
 * A small server for the page's tests: it serves the built page with the product's content policy and an
 * in-memory, seeded implementation of the page's API. `node packages/web/tests/stub-server.ts 4180` runs it
 * by hand; tests open it in their own process and steer it.
 */
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Answer, StubStore } from './stub/answers.ts';
import { createRandom } from './stub/random.ts';
import { findAnswer } from './stub/routes.ts';
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
  readonly close: () => Promise<void>;
}

const dist = process.env['COAIA_WEB_DIST'] ?? join(import.meta.dirname, '../dist');

const policy = [
  "default-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "style-src 'self'",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const refusals: Readonly<Record<'failing' | 'signed-out', Answer>> = {
  failing: {
    status: 500,
    body: {
      detail: 'The store could not be read: the disk is full.',
      code: 'COAIA-0107',
      hint: 'coaia doctor',
    },
  },
  'signed-out': {
    status: 401,
    body: { detail: 'Sign in first.', code: 'COAIA-0301', hint: 'coaia open' },
  },
};

/** Starts a stub with `count` traces (one of them very large, unless there are none). */
export async function openStub(count: number, port = 0): Promise<Stub> {
  const store: StubStore = { traces: createAll(count) };
  const live = openLive();
  const recent: string[] = [];
  const random = createRandom(4242);
  let added = 0;
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stub: Stub = {
    url,
    requests: [],
    store,
    mode: 'ok',
    addTrace: (change = {}) => {
      added += 1;
      const made = createTrace(random, Date.now(), 50_000 + added);
      const trace = { ...made, running: false, ...change };
      store.traces = [trace, ...store.traces.filter((one) => one.id !== trace.id)];
      live.emit({
        traces: [trace.id],
        sessions: trace.sessionId === null ? [] : [trace.sessionId],
      });
      return trace;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = new URL(request.url ?? '/', url);
    const method = request.method ?? 'GET';
    stub.requests.push(`${method} ${asked.pathname}${asked.search}`);
    if (!asked.pathname.startsWith('/api/')) sendFile(asked.pathname, response);
    else if (stub.mode !== 'ok') send(response, refusals[stub.mode]);
    else if (asked.pathname.endsWith('/events')) live.open(response);
    else {
      const body = method === 'GET' ? undefined : await readBody(request);
      const tree = /traces\/([^/]+)\/tree$/.exec(asked.pathname)?.[1];
      if (tree !== undefined) recent.unshift(decodeURIComponent(tree));
      send(
        response,
        findAnswer(store, { method, url: asked, body, recent, emit: live.emit, baseUrl: url }),
      );
    }
  };
  return stub;
}

function createAll(count: number): StubTrace[] {
  if (count === 0) return [];
  const now = Date.now();
  const traces = [createLargeTrace(now, 10_000), ...createTraces(count - 1, now)];
  return traces.toSorted((a, b) => b.timestamp.localeCompare(a.timestamp));
}

// The stream of changes: every open page hears every change.
function openLive() {
  const listeners = new Set<ServerResponse>();
  let seq = 0;
  return {
    emit: (change: object) => {
      seq += 1;
      const data = JSON.stringify({ seq, traces: [], sessions: [], deleted: [], ...change });
      for (const listener of listeners)
        listener.write(`event: change\nid: ${seq}\ndata: ${data}\n\n`);
    },
    open: (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(`event: hello\ndata: ${JSON.stringify({ seq })}\n\n`);
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    },
  };
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
  const known = file.startsWith(dist) && extname(file) !== '' && existsSync(file);
  const found = known ? file : join(dist, 'index.html');
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
