/** Node's side of the server: time limits, broken requests, the port. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { API_HEADERS } from './answer-headers.ts';
import { httpErrors } from './errors.ts';
import type { Log } from './log.ts';

/** Longer than any client keeps an idle connection that it means to use again. */
const KEEP_ALIVE_MS = 75_000;
const BACKLOG = 4_096;
/** A file may take an hour, as long as its signed address is valid; other bodies have `bodyMs` (limits.ts). */
const TIMEOUTS = { headersMs: 30_000, requestMs: 3_600_000 };

export interface NodeServerOptions {
  readonly log?: Log;
  /** Milliseconds for half-sent headers and whole requests; for tests. */
  readonly timeouts?: { readonly headersMs: number; readonly requestMs: number };
}

/** A Node server in front of the application, with the time limits that keep slow clients from piling up. */
export function createNodeServer(
  fetch: (request: Request, env: object) => Response | Promise<Response>,
  options: NodeServerOptions,
): Server {
  const timeouts = options.timeouts ?? TIMEOUTS;
  const listener = getRequestListener(fetch, {
    errorHandler: (error) => toBrokenAnswer(error, options.log),
  });
  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      connectionsCheckingInterval: Math.min(5_000, timeouts.headersMs),
      noDelay: true,
    },
    listener,
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const [status, name] = CLIENT_ERRORS[error.code ?? ''] ?? [
      '400 Bad Request',
      'InvalidRequestError',
    ];
    const body = JSON.stringify({
      message: 'The request is not valid HTTP or came too slowly.',
      error: name,
    });
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nX-Content-Type-Options: nosniff\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
  return server;
}

const CLIENT_ERRORS: Readonly<Record<string, readonly [string, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'RequestTimeoutError'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'InvalidRequestError'],
};

/** For what never reaches the application: an unusable address or Host header. */
function toBrokenAnswer(error: unknown, log: Log | undefined): Response {
  const isClients = error instanceof Error && error.name === 'RequestError';
  if (!isClients) log?.error('request failed before it reached the application', error);
  const value = isClients
    ? { message: 'The address or the Host header is not valid.', error: 'InvalidRequestError' }
    : { message: 'The server failed on this request.', error: 'InternalServerError' };
  return Response.json(value, { status: isClients ? 400 : 500, headers: API_HEADERS });
}

/** Listens; rejects with COAIA-0406 when the port is taken. */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      const reason = error.code === 'EACCES' ? 'may not be used by this account' : 'is taken';
      const message = `Port ${port} on ${host} ${reason}.`;
      reject(
        isTaken
          ? httpErrors.create('COAIA-0406', message, { hint: 'coaia up --port 0', cause: error })
          : error,
      );
    });
    server.listen({ port, host, backlog: BACKLOG }, () => resolve());
  });
}
