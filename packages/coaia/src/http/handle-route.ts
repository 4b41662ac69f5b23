/** One route, one request: who asks, what was sent, the handler, the answer. */
import type { Context } from 'hono';
import { authenticate, requireRights, toRights } from '#access';
import type { Access, HeaderSource, RouteRights } from '#access';
import { commonErrors, invalidRequest, notFound } from '#base';
import type { Scope } from '#base';
import type { Need, Route, RouteReply } from '#surface';
import { CORS_HEADERS } from './answer-headers.ts';
import { toJsonAnswer } from './answer.ts';
import type { Admitted } from './admission.ts';
import { decodeBody, decodeJson } from './decode-body.ts';
import { isEventStream } from './event-streams.ts';
import type { EventStreams } from './event-streams.ts';
import type { Limits } from './limits.ts';
import { requireOwnPage } from './origin.ts';
import { readIncoming, readRequest } from './request-body.ts';
import type { BodyRules } from './request-body.ts';
import { readPieces } from './stream-body.ts';
import { findNodeSide } from './request-headers.ts';
import { findListFields, hasNul, parseQuery } from './request-query.ts';
import { RouteInput } from './route-input.ts';

export interface RouteTools {
  readonly access: Access;
  readonly limits: Limits;
  readonly streams: EventStreams;
  /** Whether people reach the server through a proxy. */
  readonly isProxied: boolean;
  /** The interface behind a route's need. */
  readonly provide: (need: Need<unknown>) => unknown;
}

/** A request on its way through the shell. */
export interface Call {
  readonly c: Context;
  readonly headers: HeaderSource;
  readonly requestId: string;
  readonly admitted: Admitted;
}

export type RouteHandler = (call: Call) => Promise<Response>;

/** Scope of calls that need no credentials: no project at all. */
const NOBODY: Scope = { projectId: '', level: 'scores', via: 'key' };

/** Prepares a route once; what it returns answers requests and throws CoaiaError for refusals. */
export function toRouteHandler(route: Route, tools: RouteTools): RouteHandler {
  const lists = findListFields(route.query);
  // Asked now, so that a need that nobody provides stops the start and not a request.
  const provided = tools.provide(route.needs);
  const rights = toRights(route);
  return async (call) => {
    const scope = await toScope(rights, route.method, call, tools);
    const params = toParams(route, call.c, scope);
    const query = parseWith(route.query, parseQuery(call.c.req.url, lists), {});
    const body = await readBody(route, call, tools.limits);
    const api = (await provided) as never;
    const { c, requestId } = call;
    const { isProxied } = tools;
    const input = new RouteInput(c, { api, scope, params, query, body, requestId, isProxied });
    return toAnswer(route, await route.handler(input), call, tools);
  };
}

async function toScope(
  rights: RouteRights,
  method: string,
  call: Call,
  tools: RouteTools,
): Promise<Scope> {
  if (rights.access === 'open') return NOBODY;
  const scope = await authenticate(call.headers, tools.access);
  requireOwnPage(scope, method, call.headers);
  requireRights(scope, rights, call.c.req.param());
  return scope;
}

/** Path parameters, decoded. A project in the path must be the caller's own; any other one is not there. */
function toParams(route: Route, c: Context, scope: Scope): Readonly<Record<string, string>> {
  const params = c.req.param() as Record<string, string>;
  for (const value of Object.values(params))
    if (hasNul(value)) throw invalidRequest('The path contains a NUL character.');
  const { projectId } = params;
  const isForeign = projectId !== undefined && projectId !== scope.projectId;
  if (isForeign && route.path.startsWith('/api/v1/projects/:projectId'))
    throw notFound('Project', projectId);
  return params;
}

async function readBody(route: Route, call: Call, limits: Limits): Promise<unknown> {
  if (route.streamBody === true) return openBody(route, call, limits);
  if (route.body === undefined && route.rawBody !== true) return undefined;
  const limit = route.bodyLimit ?? limits.bodyBytes;
  const { bodyIdleMs: idleMs, bodyMs: wholeMs } = limits;
  const rules: BodyRules = { limit, idleMs, wholeMs, reserve: call.admitted.reserve };
  const node = findNodeSide(call.c);
  const wire = await (node === undefined
    ? readRequest(call.c.req.raw, rules)
    : readIncoming(node.incoming, rules));
  const bytes = await decodeBody(wire, call.headers.get('content-encoding'), limit);
  if (bytes !== wire) call.admitted.reserve(bytes.length);
  if (route.rawBody === true) return bytes;
  return parseWith(route.body, decodeJson(bytes, limits.jsonDepth), undefined);
}

/** Pieces as they come. They never add up in memory, so the limit of bytes being worked on has no part in it. */
function openBody(route: Route, call: Call, limits: Limits): AsyncIterable<Uint8Array> {
  const rules = { limit: route.bodyLimit ?? limits.bodyBytes, idleMs: limits.bodyIdleMs };
  return readPieces(findNodeSide(call.c)?.incoming ?? call.c.req.raw, rules);
}

/** Parses with the route's schema; 400 with the list of issues, in the words of the Langfuse API. */
function parseWith(schema: Route['query'], value: unknown, absent: unknown): unknown {
  if (schema === undefined) return absent;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidRequest('Invalid request data', result.error.issues);
}

function toAnswer(route: Route, reply: RouteReply, call: Call, tools: RouteTools): Response {
  const headers = route.access === 'scores' ? { ...CORS_HEADERS, ...reply.headers } : reply.headers;
  if (reply.response === undefined) {
    if (isKnown(headers?.['etag'], call))
      return toJsonAnswer(304, undefined, call.requestId, headers);
    const status = reply.status ?? route.status ?? 200;
    return toJsonAnswer(status, reply.json, call.requestId, headers);
  }
  const response = toReadyAnswer(reply.response, call.requestId, headers);
  if (call.c.req.method === 'HEAD') return withoutBody(response);
  if (!isEventStream(response)) return response;
  if (tools.streams.size >= tools.limits.streams) {
    withoutBody(response);
    throw commonErrors.create('COAIA-0006', 'Too many event streams are open.', {
      headers: { 'retry-after': '5' },
    });
  }
  const node = findNodeSide(call.c);
  return tools.streams.add(response, () => node?.outgoing.destroy());
}

/** The client has what the answer's entity tag names (RFC 9110, 13.1.2), so it needs no body. */
function isKnown(tag: string | undefined, { c, headers }: Call): boolean {
  if (tag === undefined || (c.req.method !== 'GET' && c.req.method !== 'HEAD')) return false;
  const known = headers.get('if-none-match');
  if (known === null || known === undefined) return false;
  return (
    known.trim() === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)
  );
}

/** Tells whoever feeds the body that nobody reads it. */
function withoutBody(response: Response): Response {
  response.body?.cancel().catch(() => undefined);
  return new Response(null, { status: response.status, headers: response.headers });
}

/** Adds what every answer carries to one that the handler built; its own headers win. */
function toReadyAnswer(
  response: Response,
  requestId: string,
  extra: Readonly<Record<string, string>> = {},
): Response {
  const all = toJsonAnswer(response.status, undefined, requestId, extra).headers;
  for (const [name, value] of response.headers) all.set(name, value);
  return new Response(response.body, { status: response.status, headers: all });
}
