/** Runs the declared operations in this process, as the server does after it knows who is asking. */
import { randomUUID } from 'node:crypto';
import { requireRights, toRights } from '#access';
import { commonErrors, invalidRequest } from '#base';
import type { Scope } from '#base';
import type { HttpMethod, Route, RouteReply } from '#surface';
import { createProvider } from './provide.ts';
import type { Provisions } from './provide.ts';
import { loadRoutes } from './route-tables.ts';

export interface OperationInput {
  readonly params?: Readonly<Record<string, string>>;
  /** As an address has it: texts, lists of texts. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface Operations {
  /** The operations of the rooms; those of the server itself are not here. */
  readonly routes: readonly Route[];
  /** Rejects with COAIA-0320 when the caller's role may not, with COAIA-0002 for input that the operation does not take, and with what it fails with. */
  run(route: Route, input: OperationInput): Promise<RouteReply>;
}

/** Opens the operations over one store for one project. */
export async function openOperations(provisions: Provisions, scope: Scope): Promise<Operations> {
  const provide = createProvider(provisions);
  const routes = await loadRoutes();
  return {
    routes,
    run: async (route, { params = {}, query = {}, body, signal }) => {
      requireRights(scope, toRights(route));
      return route.handler({
        api: (await provide(route.needs)) as never,
        scope,
        params,
        query: parseWith(route.query, query),
        body: toBody(route, body),
        headers: new Headers(),
        requestId: randomUUID(),
        signal: signal ?? NEVER.signal,
      });
    },
  };
}

const NEVER = new AbortController();

/** Routes that do their own decoding get bytes, as from the socket. */
function toBody(route: Route, body: unknown): never {
  if (route.rawBody === true) return Buffer.from(JSON.stringify(body ?? null)) as never;
  return parseWith(route.body, body);
}

function parseWith(schema: Route['query'], value: unknown): never {
  if (schema === undefined) return undefined as never;
  const result = schema.safeParse(value);
  if (result.success) return result.data as never;
  throw invalidRequest('Invalid request data', result.error.issues);
}

/** Query of a call: undefined members are left out, lists are repeated. */
export type CallQuery = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/**
 * Calls by method and the segments of an address below `/api/public`, as the client makes them. Rejects with
 * COAIA-0003 for an address that no operation has.
 */
export function createLocalCalls(operations: Operations) {
  return {
    async request<T>(
      method: HttpMethod,
      segments: readonly string[],
      { query = {}, body }: { readonly query?: CallQuery; readonly body?: unknown } = {},
    ): Promise<T> {
      const { route, params } = findOperation(operations.routes, method, segments);
      const given = Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, toParameter(value)] as const],
      );
      const input = { params, query: Object.fromEntries(given), body };
      return (await operations.run(route, input)).json as T;
    },
  };
}

function toParameter(value: NonNullable<CallQuery[string]>): string | readonly string[] {
  return typeof value === 'object' ? value : String(value);
}

/** The most literal of the routes that fit; a segment is one part, whatever characters it has. */
function findOperation(routes: readonly Route[], method: string, segments: readonly string[]) {
  const fitting = routes.flatMap((route) => {
    const params = route.method === method ? matchPath(route.path, segments) : undefined;
    return params === undefined ? [] : [{ route, params }];
  });
  const [best] = fitting.toSorted(
    (a, b) => Object.keys(a.params).length - Object.keys(b.params).length,
  );
  if (best !== undefined) return best;
  const path = segments.join('/');
  throw commonErrors.create('COAIA-0003', `There is no ${method} /api/public/${path} here.`);
}

function matchPath(path: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = path.replace('/api/public/', '').split('/');
  if (!path.startsWith('/api/public/') || parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    const name = /^:(\w+)/.exec(part)?.[1];
    if (name !== undefined) params[name] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}
