/** The server: one listening socket over the application, opened and closed in good order. */
import type { AddressInfo } from 'node:net';
import type { Access } from '#access';
import { isCoaiaError } from '#base';
import type { Database } from '#store';
import type { Need, Route } from '#surface';
import { openAdmission } from './admission.ts';
import { createApp } from './app.ts';
import { closeServer, listConnections } from './close-server.ts';
import { createEventStreams } from './event-streams.ts';
import { hasSample } from './has-sample.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { Limits } from './limits.ts';
import { silentLog } from './log.ts';
import type { Log } from './log.ts';
import { createNodeServer, listen } from './node-server.ts';
import { toHostRule } from './origin.ts';
import { findPage } from './page.ts';
import type { Page } from './page.ts';
import { platformPorts } from './routes/platform-ports.ts';
import type { PlatformPorts } from './routes/platform-ports.ts';
import { healthRoutes, platformRoutes } from './routes/platform.ts';

export interface ServerOptions {
  readonly db: Database;
  readonly access: Access;
  /** Routes of the rooms; the server adds its own. */
  readonly routes: readonly Route[];
  /** What stands behind the needs of those routes. */
  readonly provide: (need: Need<unknown>) => unknown;
  readonly host?: string;
  /** 0: any free port. */
  readonly port: number;
  /** Coaia's version. */
  readonly version: string;
  /** Address people use when it is not the one we listen on. */
  readonly publicUrl?: string;
  readonly limits?: Partial<Limits>;
  readonly log?: Log;
  /** Undefined: the built page is looked for. */
  readonly page?: Page;
  readonly degraded?: () => readonly string[];
  /** Answers about its health and nothing else. */
  readonly isHealthOnly?: boolean;
  /** Milliseconds for half-sent headers and whole requests; for tests. */
  readonly timeouts?: { readonly headersMs: number; readonly requestMs: number };
}

export interface RunningServer {
  /** Address without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /**
   * Stops within ten seconds: no new connections, running requests are answered, streams end, what is pending
   * is written, the store is closed. May be called twice.
   */
  close(): Promise<void>;
}

/** Listens and answers. Rejects with COAIA-0406 when the port is taken; nothing is left open then but the store. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { db, access } = options;
  const host = options.host ?? '127.0.0.1';
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const admission = openAdmission(limits);
  const streams = createEventStreams(limits.streamBytes);
  const state: ServerState = { isClosing: false, url: '', dispatch: notReady };
  const { isHealthOnly = false } = options;
  const routes = isHealthOnly ? healthRoutes : [...platformRoutes, ...options.routes];
  const ports = toPlatformPorts(options, { admission, limits, routes, state });
  const page = isHealthOnly ? undefined : (options.page ?? findPage());
  const app = createApp({
    routes,
    provide: (need) => (need.name === platformPorts.name ? ports : options.provide(need)),
    access,
    limits,
    hosts: toHostRule(host, options.publicUrl),
    log: options.log ?? silentLog,
    admission,
    streams,
    isClosing: () => state.isClosing,
    ...(page === undefined ? {} : { page }),
  });
  state.dispatch = async (request) => app.fetch(request);
  const server = createNodeServer((request, env) => app.fetch(request, env), options);
  const connections = listConnections(server);
  try {
    await listen(server, options.port, host);
  } catch (error) {
    admission.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  state.url = toUrl(host, port);
  let closing: Promise<void> | undefined;
  return {
    url: state.url,
    host,
    port,
    close() {
      state.isClosing = true;
      const after = [
        access.close,
        async () => {
          admission.close();
        },
        () => db.close(),
      ];
      closing ??= closeServer({ server, connections, streams, after });
      return closing;
    },
  };
}

interface ServerParts {
  readonly admission: ReturnType<typeof openAdmission>;
  readonly limits: Limits;
  readonly routes: readonly Route[];
  readonly state: Readonly<ServerState>;
}

interface ServerState {
  isClosing: boolean;
  url: string;
  dispatch: (request: Request) => Promise<Response>;
}

function notReady(): never {
  throw new TypeError('the application is not built yet');
}

function toPlatformPorts(options: ServerOptions, parts: ServerParts): PlatformPorts {
  const { db, access, version, publicUrl } = options;
  const { admission, limits, routes, state } = parts;
  return {
    access,
    db,
    version,
    baseUrl: () => publicUrl ?? state.url,
    isClosing: () => state.isClosing,
    degraded: () => [...admission.reasons(), ...(options.degraded?.() ?? [])],
    hasSample: (projectId) => hasSample(db, projectId),
    routes: () => routes,
    dispatch: (request) => state.dispatch(request),
    limits: { bodyBytes: limits.bodyBytes, jsonDepth: limits.jsonDepth },
  };
}

/** True when another program has the port (COAIA-0406). */
export function isPortTaken(error: unknown): boolean {
  return isCoaiaError(error) && error.code === 'COAIA-0406';
}

/** `http://127.0.0.1:26242`; an address for all interfaces is shown as the local one. */
export function toUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
