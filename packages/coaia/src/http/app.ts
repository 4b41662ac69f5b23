/** The HTTP application: routes as data become addresses; everything else is the page. */
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Access } from '#access';
import { commonErrors, isCoaiaError } from '#base';
import type { Need, Route } from '#surface';
import { openAdmission } from './admission.ts';
import type { Admission, Admitted } from './admission.ts';
import { CORS_HEADERS, toPreflightHeaders } from './answer-headers.ts';
import { toErrorAnswer, toJsonAnswer } from './answer.ts';
import { httpErrors } from './errors.ts';
import { createEventStreams } from './event-streams.ts';
import type { EventStreams } from './event-streams.ts';
import { toRouteHandler } from './handle-route.ts';
import type { RouteHandler, RouteTools } from './handle-route.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { Limits } from './limits.ts';
import { silentLog } from './log.ts';
import type { Log } from './log.ts';
import { requireHost, toHostRule } from './origin.ts';
import type { HostRule } from './origin.ts';
import { toPageHandler } from './page.ts';
import type { Page } from './page.ts';
import { findNodeSide, toHeaderSource } from './request-headers.ts';
import { toPathEntries } from './route-table.ts';
import type { PathEntry } from './route-table.ts';

export interface AppOptions {
  readonly routes: readonly Route[];
  /** What stands behind a need; may be a promise, is asked once per route while the application is built. */
  readonly provide: (need: Need<unknown>) => unknown;
  readonly access: Access;
  readonly limits?: Partial<Limits>;
  /** The built page; without it the addresses outside the API say how to build it. */
  readonly page?: Page;
  readonly hosts?: HostRule;
  readonly log?: Log;
  /** Shared with the server, which closes them; made here otherwise. */
  readonly admission?: Admission;
  readonly streams?: EventStreams;
  /** True while the server stops: answers then end their connection. */
  readonly isClosing?: () => boolean;
}

interface Shell {
  readonly hosts: HostRule;
  readonly admission: Admission;
  readonly log: Log;
  readonly isClosing: () => boolean;
}

/** Addresses that answer even when the server takes on no more work. */
const ALWAYS = new Set(['/api/public/health', '/api/public/ready']);

const REQUEST_ID = /^[\w.\-:]{1,128}$/;

/** Builds the application. Fails when two routes claim the same method and address. */
export function createApp(options: AppOptions): Hono {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { access, provide } = options;
  const streams = options.streams ?? createEventStreams(limits.streamBytes);
  const hosts = options.hosts ?? toHostRule('127.0.0.1');
  const tools: RouteTools = { access, limits, streams, provide, isProxied: hosts.isProxied };
  const shell: Shell = {
    hosts,
    admission: options.admission ?? openAdmission(limits),
    log: options.log ?? silentLog,
    isClosing: options.isClosing ?? (() => false),
  };
  const app = new Hono({ strict: false });
  for (const entry of toPathEntries(options.routes)) addPath(app, entry, tools, shell);
  for (const path of ['/api', '/api/*', '/v1', '/v1/*']) app.all(path, run(shell, unknownPath));
  app.all('*', run(shell, toPageHandler(options.page, access)));
  return app;
}

function addPath(app: Hono, entry: PathEntry, tools: RouteTools, shell: Shell): void {
  for (const route of entry.routes)
    app.on(route.method, route.path, run(shell, toRouteHandler(route, tools), entry));
  app.all(entry.path, run(shell, toOtherMethods(entry), entry));
}

/** Everything around a handler: request id, host, admission, and the one place where errors become answers. */
function run(shell: Shell, handler: RouteHandler, entry?: PathEntry) {
  return async (c: Context): Promise<Response> => {
    const headers = toHeaderSource(c);
    const requestId = toRequestId(headers.get('x-request-id'));
    let admitted: Admitted | undefined;
    try {
      requireHost(shell.hosts, headers.get('host') ?? new URL(c.req.url).host);
      admitted = ALWAYS.has(c.req.path) ? FREE : shell.admission.add();
      return await handler({ c, headers, requestId, admitted });
    } catch (error) {
      const isFailure = !isCoaiaError(error) || error.definition.status === 500;
      if (isFailure && !isClientGone(c))
        shell.log.error('request failed', error, { requestId, path: c.req.path });
      const cors = entry === undefined || entry.open === '' ? {} : CORS_HEADERS;
      return toErrorAnswer(error, c.req.path, requestId, cors, c.req.method);
    } finally {
      admitted?.close();
      if (shell.isClosing()) endConnection(c);
    }
  };
}

const FREE: Admitted = { reserve: () => undefined, close: () => undefined };

function toRequestId(sent: string | null | undefined): string {
  return sent && REQUEST_ID.test(sent) ? sent : randomUUID();
}

/** Work that stopped because nobody waits for it any more is no failure. */
function isClientGone(c: Context): boolean {
  const outgoing = findNodeSide(c)?.outgoing;
  return outgoing !== undefined && outgoing.closed && !outgoing.writableFinished;
}

function endConnection(c: Context): void {
  const node = findNodeSide(c);
  if (node !== undefined && !node.outgoing.headersSent) node.outgoing.shouldKeepAlive = false;
}

/** OPTIONS (with CORS where Langfuse allows it) and 405 for the rest. */
function toOtherMethods(entry: PathEntry): RouteHandler {
  return ({ c, headers, requestId }) => {
    if (c.req.method !== 'OPTIONS')
      throw commonErrors.create(
        'COAIA-0004',
        `${c.req.method} is not allowed here; this address takes ${entry.allow}.`,
        { headers: { allow: entry.allow } },
      );
    const isPreflight = entry.open !== '' && Boolean(headers.get('access-control-request-method'));
    const answer = isPreflight
      ? toPreflightHeaders(entry.open, headers.get('access-control-request-headers'))
      : {};
    return Promise.resolve(
      toJsonAnswer(204, undefined, requestId, { allow: entry.allow, ...answer }),
    );
  };
}

const unknownPath: RouteHandler = ({ c }) => {
  throw httpErrors.create(
    'COAIA-0405',
    `There is no ${c.req.method} ${c.req.path} on this server.`,
  );
};
