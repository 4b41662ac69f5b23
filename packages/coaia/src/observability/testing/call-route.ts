/** Calls a route as the HTTP shell does after authentication: query and body go through the route's schemas. */
import type { Scope } from '#base';
import type { Route, RouteReply } from '#surface';
import { observabilityRoutes } from '../routes.ts';

export const TEST_SCOPE: Scope = { projectId: 'p1', level: 'project', via: 'key' };

export interface RouteCall {
  readonly api: unknown;
  /** `GET /api/public/traces/t1?fields=core`. */
  readonly request: string;
  readonly body?: unknown;
  readonly scope?: Scope;
  readonly signal?: AbortSignal;
  readonly headers?: Record<string, string>;
}

/** Answers what the handler answers; schema failures throw zod's error. */
export async function callRoute(call: RouteCall): Promise<RouteReply> {
  const [method = '', address = ''] = call.request.split(/ (.*)/s);
  const [path = '', search = ''] = address.split(/\?(.*)/s);
  const { route, params } = findRoute(method, path);
  const query = route.query?.parse(toQuery(search));
  return route.handler({
    api: call.api as never,
    scope: call.scope ?? TEST_SCOPE,
    params,
    query,
    body: route.body?.parse(call.body),
    headers: new Headers(call.headers),
    requestId: 'test',
    signal: call.signal ?? new AbortController().signal,
  });
}

function findRoute(method: string, path: string) {
  const parts = path.split('/');
  for (const route of observabilityRoutes) {
    const params = route.method === method ? matchPath(route, parts) : undefined;
    if (params !== undefined) return { route, params };
  }
  throw new Error(`no route for ${method} ${path}`);
}

function matchPath(route: Route, parts: readonly string[]): Record<string, string> | undefined {
  const pattern = route.path.split('/');
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, piece] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (piece.startsWith(':')) params[piece.slice(1)] = decodeURIComponent(part);
    else if (piece !== part) return undefined;
  }
  return params;
}

function toQuery(search: string): Record<string, string | readonly string[]> {
  const parameters = new URLSearchParams(search);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
}
