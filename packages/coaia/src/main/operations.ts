/** Runs the declared operations in this process, as the server does after it knows who is asking. */
import { randomUUID } from 'node:crypto';
import { commonErrors, invalidRequest } from '#base';
import type { Scope } from '#base';
import type { Route, RouteReply } from '#surface';
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
  /** Rejects with COAIA-0002 for input that the operation does not take, and with what it fails with. */
  run(route: Route, input: OperationInput): Promise<RouteReply>;
}

/** Opens the operations over one store for one project. */
export async function openOperations(provisions: Provisions, scope: Scope): Promise<Operations> {
  const provide = createProvider(provisions);
  const routes = await loadRoutes();
  return {
    routes,
    run: async (route, { params = {}, query = {}, body, signal }) =>
      route.handler({
        api: (await provide(route.needs)) as never,
        scope,
        params,
        query: parseWith(route.query, query),
        body: parseWith(route.body, body),
        headers: new Headers(),
        requestId: randomUUID(),
        signal: signal ?? NEVER.signal,
      }),
  };
}

const NEVER = new AbortController();

function parseWith(schema: Route['query'], value: unknown): never {
  if (schema === undefined) return undefined as never;
  const result = schema.safeParse(value);
  if (result.success) return result.data as never;
  throw invalidRequest('Invalid request data', result.error.issues);
}

/** GET by the segments of an address below `/api/public`, as a client reads. Rejects with COAIA-0003 for a missing one. */
export function createLocalReader(operations: Operations) {
  return {
    async get(
      segments: readonly string[],
      query: Readonly<Record<string, string | number | boolean | undefined>> = {},
    ): Promise<unknown> {
      const { route, params } = findRead(operations.routes, segments);
      const given = Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as const],
      );
      return (await operations.run(route, { params, query: Object.fromEntries(given) })).json;
    },
  };
}

/** The most literal of the routes that fit; a segment is one part, whatever characters it has. */
function findRead(routes: readonly Route[], segments: readonly string[]) {
  const fitting = routes.flatMap((route) => {
    const params = route.method === 'GET' ? matchPath(route.path, segments) : undefined;
    return params === undefined ? [] : [{ route, params }];
  });
  const [best] = fitting.toSorted(
    (a, b) => Object.keys(a.params).length - Object.keys(b.params).length,
  );
  if (best !== undefined) return best;
  throw commonErrors.create('COAIA-0003', `There is no GET /api/public/${segments.join('/')}.`);
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
