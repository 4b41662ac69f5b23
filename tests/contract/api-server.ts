/** A fresh server as its own process, and short forms of the requests that the suites make. */
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer, StartOptions } from '../../bench/lib/server.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the suites check
  readonly body: any;
}

export interface IngestionEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ApiServer {
  readonly url: string;
  readonly publicKey: string;
  readonly secretKey: string;
  readonly authorization: string;
  /** The secret key to call an address with: that of the organization where a project's does not open. */
  readonly findSecretKey: (method: string, path: string) => string;
  /** GET below `/api/public`. */
  readonly read: (path: string) => Promise<ApiAnswer>;
  readonly send: (method: string, path: string, init?: RequestInit) => Promise<ApiAnswer>;
  /** Posts events; throws when one of them is refused. */
  readonly ingest: (events: readonly IngestionEvent[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts it in an empty home, or where `options` say. */
export async function openApiServer(options: StartOptions = {}): Promise<ApiServer> {
  return toApiServer(await startServer(options));
}

type Reached = Pick<BenchServer, 'url' | 'authorization' | 'organizationAuthorization' | 'stop'>;

/** The short forms over a server that listens already. */
export function toApiServer(server: Reached): ApiServer {
  const [publicKey = '', secretKey = ''] = atob(server.authorization.slice(6)).split(':');
  const send = (method: string, path: string, init: RequestInit = {}) =>
    request(server, path, { ...init, method });
  return {
    url: server.url,
    publicKey,
    secretKey,
    authorization: server.authorization,
    findSecretKey: (method, path) =>
      atob(toAuthorization(server, method, path).slice(6)).split(':')[1] ?? '',
    read: (path) => send('GET', path),
    send,
    async ingest(events) {
      const { status, body } = await send('POST', '/ingestion', {
        body: JSON.stringify({ batch: events }),
      });
      if (status !== 207 || body.errors.length > 0) throw new Error(JSON.stringify(body));
    },
    stop: () => server.stop(),
  };
}

/** Projects, keys and people are administrated with the key of the organization, everything else is a project's. */
function toAuthorization(server: Reached, method: string, path: string): string {
  const isOwnProject = method === 'GET' && /^\/api\/public\/projects\/?(?:\?|$)/.test(path);
  const isForOrganization =
    /^\/api\/public\/(?:integrations|organizations|projects|scim)(?:\/|\?|$)/.test(path);
  return isForOrganization && !isOwnProject
    ? server.organizationAuthorization
    : server.authorization;
}

async function request(server: Reached, path: string, init: RequestInit): Promise<ApiAnswer> {
  const headers = new Headers(init.headers);
  const full = path.startsWith('/api/') ? path : `/api/public${path}`;
  if (!headers.has('authorization'))
    headers.set('authorization', toAuthorization(server, init.method ?? 'GET', full));
  if (typeof init.body === 'string' && !headers.has('content-type'))
    headers.set('content-type', 'application/json');
  const answer = await fetch(`${server.url}${full}`, { ...init, headers });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

let made = 0;

/** An ingestion event with an id of its own. */
export function event(
  type: string,
  body: Readonly<Record<string, unknown>>,
  timestamp = '2026-01-01T00:00:00.000Z',
): IngestionEvent {
  made += 1;
  return { id: `event-${made}`, type, timestamp, body };
}
