/** The MCP endpoint of the server: one tool per operation, each call through the operation's own address. */
import { createMcpHandler } from '@modelcontextprotocol/server';
import { requireRights, toRights } from '#access';
import { isCoaiaError, isObject } from '#base';
import type { Scope } from '#base';
import type { CallQuery, Request as Call } from '#main/open-mcp';
import type { Route } from '#surface';
import { mcpErrors } from './errors.ts';
import { isToolOperation, toFamily, toOperationTool } from './operations/derive-tools.ts';
import { createMcpServer } from './server.ts';
import type { Tool } from './tool.ts';

/** A request to the endpoint, with the one who asks. */
export interface EndpointCall {
  /** As it came, body included. */
  readonly request: Request;
  readonly scope: Scope;
  /** Only tools of these families; all when undefined. */
  readonly families?: readonly string[];
  /** Only tools that change nothing. */
  readonly isReadOnly: boolean;
}

export interface EndpointPorts {
  /** Every operation of the server. */
  readonly routes: readonly Route[];
  /** Answers a request as if it had come by the socket. */
  readonly dispatch: (request: Request) => Promise<Response>;
}

const INSTRUCTIONS =
  'Each tool is an operation of the Langfuse API on this server. Lists are paged; a refused call is an error with the reason of the server.';

/**
 * Answers one message. Nothing is kept between messages, so any process may answer the next one. Fails with
 * COAIA-0801 for pages of other origins.
 */
export async function answerMcp(ports: EndpointPorts, call: EndpointCall): Promise<Response> {
  requireOwnOrigin(call.request.headers);
  const request = toCaller(ports, call.request);
  const routes = ports.routes.filter((route) => isOffered(route, call));
  const tools: readonly Tool[] = routes.map((route) =>
    toOperationTool(route, () => Promise.resolve(request)),
  );
  const handler = createMcpHandler(() =>
    createMcpServer({
      instructions: INSTRUCTIONS,
      context: {
        api: () => Promise.reject(new TypeError('tools of operations need no room')),
        folders: [],
      },
      tools: () => Promise.resolve(tools),
    }),
  );
  return handler.fetch(call.request);
}

function isOffered(route: Route, { scope, families, isReadOnly }: EndpointCall): boolean {
  if (!isToolOperation(route) || (isReadOnly && route.method !== 'GET')) return false;
  if (families !== undefined && !families.includes(toFamily(route))) return false;
  return route.access === 'open' || isAllowed(scope, route);
}

/** What the caller may not do is not shown either; it would be refused. */
function isAllowed(scope: Scope, route: Route): boolean {
  try {
    requireRights(scope, toRights(route));
    return true;
  } catch (error) {
    if (isCoaiaError(error)) return false;
    throw error;
  }
}

/** Headers that say who asks and from where; the address of the operation judges them again. */
const PASSED = ['authorization', 'cookie', 'origin', 'sec-fetch-site', 'host', 'x-request-id'];

function toCaller({ dispatch }: EndpointPorts, outer: Request): Call {
  return async <T>(
    method: string,
    segments: readonly string[],
    { query = {}, body }: { readonly query?: CallQuery; readonly body?: unknown } = {},
  ): Promise<T> => {
    const url = new URL(`/api/public/${segments.map(encodeURIComponent).join('/')}`, outer.url);
    for (const [name, value] of Object.entries(query))
      for (const one of typeof value === 'object' ? value : [value])
        if (one !== undefined) url.searchParams.append(name, String(one));
    const headers = new Headers({ 'content-type': 'application/json' });
    for (const name of PASSED) {
      const value = outer.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await dispatch(new Request(url, { method, headers, ...content }));
    return (await readAnswer(answer)) as T;
  };
}

async function readAnswer(answer: Response): Promise<unknown> {
  const text = await answer.text();
  const value: unknown = text === '' ? undefined : JSON.parse(text);
  if (answer.ok) return value;
  const { message, error } = isObject(value) ? value : {};
  throw mcpErrors.create(
    'COAIA-0804',
    typeof message === 'string' ? message : `The server answered ${answer.status}.`,
    { details: { status: answer.status, error } },
  );
}

/** Pages of other origins are refused also when they know keys: a browser should not be a way in. */
function requireOwnOrigin(headers: Headers): void {
  const origin = headers.get('origin');
  if (origin === null) return;
  const own = headers.get('host') ?? '';
  const from = URL.canParse(origin) ? new URL(origin) : undefined;
  const isNear = (name: string) => /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(name);
  if (from?.host === own || (from !== undefined && isNear(from.host) && isNear(own))) return;
  throw mcpErrors.create('COAIA-0801', `Pages of ${origin} may not call the MCP endpoint.`);
}
