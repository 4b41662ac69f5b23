/** Requests in which one word is an id of A: in the address, the query or the body of any route. */
import { z } from 'zod';
import type { Route } from '../../../packages/coaia/src/surface/index.ts';
import { CASES } from '../operation-cases.ts';
import type { OwnedId } from './owned.ts';

export interface Replay {
  readonly route: Route;
  /** `path:traceId`, `query:name`, `body:configId`. */
  readonly place: string;
  /** The words of A, the addressed thing last. */
  readonly words: readonly string[];
  readonly table: string;
  /** The request with other words in the places of these. */
  readonly toRequest: (words: readonly string[]) => {
    readonly path: string;
    readonly body: unknown;
  };
}

type JsonSchema = Readonly<Record<string, unknown>>;

/** Words that mean an id or a name in parameters and fields. */
const ADDRESSING =
  /(?:^|[a-z])(?:Ids?|Names?|Label)$|^(?:ids?|name|label|key|user|filter|q|query|metadata)$/;

/** All for one route; empty for one that takes no ids. */
export function listReplays(route: Route, owned: readonly OwnedId[], ownProject: string): Replay[] {
  const body = toBody(route, ownProject);
  const fill = (path: string, words: Readonly<Record<string, string>>) =>
    path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, (_, name: string) =>
      encodeURIComponent(words[name] ?? (name === 'projectId' ? ownProject : 'unknown-word')),
    );
  const parameters = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  const inPath = parameters.flatMap((name) =>
    listCandidates(name, owned).map((id) => ({
      route,
      place: `path:${name}`,
      words: [id.value],
      table: id.table,
      toRequest: ([word = '']: readonly string[]) => ({
        path: fill(route.path, { [name]: word }),
        body,
      }),
    })),
  );
  const inQuery = listProperties(route.query).flatMap((name) =>
    listCandidates(name, owned).map((id) => ({
      route,
      place: `query:${name}`,
      words: [id.value],
      table: id.table,
      toRequest: ([word = '']: readonly string[]) => ({
        path: `${fill(route.path, {})}?${toQuery(route, name, word)}`,
        body,
      }),
    })),
  );
  const inBody = listProperties(route.body).flatMap((name) =>
    listCandidates(name, owned).map((id) => ({
      route,
      place: `body:${name}`,
      words: [id.value],
      table: id.table,
      toRequest: ([word = '']: readonly string[]) => ({
        path: fill(route.path, {}),
        body: { ...(body as object), [name]: name.endsWith('s') ? [word] : word },
      }),
    })),
  );
  return [...inPath, ...inQuery, ...inBody, ...listPairs(route, owned, fill, body)];
}

/** Addresses with two ids are also tried with both of the same thing: the child in its own parent. */
function listPairs(
  route: Route,
  owned: readonly OwnedId[],
  fill: (path: string, words: Readonly<Record<string, string>>) => string,
  body: unknown,
): Replay[] {
  const names = [...route.path.matchAll(/:(\w+)/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'projectId');
  if (names.length !== 2) return [];
  const [parent = '', child = ''] = names;
  return listCandidates(parent, owned).flatMap((first) =>
    listCandidates(child, owned).map((id) => ({
      route,
      place: `path:${parent}+${child}`,
      words: [first.value, id.value],
      table: id.table,
      toRequest: ([above = '', word = '']: readonly string[]) => ({
        path: fill(route.path, { [parent]: above, [child]: word }),
        body,
      }),
    })),
  );
}

/** The ids whose table has the parameter's noun in its name; all of them when none has. */
function listCandidates(name: string, owned: readonly OwnedId[]): readonly OwnedId[] {
  if (!ADDRESSING.test(name)) return [];
  const noun = name
    .replace(/(?:Ids?|Names?)$/, '')
    .replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const others = owned.filter(({ table }) => table !== 'projects');
  if (name === 'projectId') return owned.filter(({ table }) => table === 'projects');
  const near = others.filter(({ table }) => noun.length > 3 && table.includes(noun));
  return near.length > 0 ? near : others;
}

function listProperties(schema: Route['query']): readonly string[] {
  if (schema === undefined) return [];
  const { properties = {} } = toSchema(schema);
  return Object.keys(properties as object).filter((name) => ADDRESSING.test(name));
}

function toSchema(schema: NonNullable<Route['query']>): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', cycles: 'ref' });
}

/** The rest of a query that an operation cannot be called without. */
function toQuery(route: Route, name: string, word: string): string {
  const needed = toCase(route)?.query?.({}) ?? '';
  const query = new URLSearchParams(needed);
  query.set(name, word);
  return query.toString();
}

function toCase(route: Route) {
  return CASES[route.operation.replaceAll('.', '_')];
}

/** The body of the contract's case, else the least that the schema takes. */
function toBody(route: Route, ownProject: string): unknown {
  if (route.body === undefined) return undefined;
  const body = toCase(route)?.body ?? toSample(toSchema(route.body));
  const hasProject = typeof body === 'object' && body !== null && 'projectId' in body;
  return hasProject ? { ...body, projectId: ownProject } : body;
}

/** A value of a schema with its required fields only. */
function toSample(schema: JsonSchema): unknown {
  const options = (schema['anyOf'] ?? schema['oneOf']) as readonly JsonSchema[] | undefined;
  if (options?.[0] !== undefined) return toSample(options[0]);
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0] as unknown;
  if (schema['type'] === 'array') return [];
  if (schema['type'] === 'object') {
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
    const required = (schema['required'] ?? []) as readonly string[];
    return Object.fromEntries(required.map((name) => [name, toSample(properties[name] ?? {})]));
  }
  const plain: Readonly<Record<string, unknown>> = {
    number: 1,
    integer: 1,
    boolean: true,
    null: null,
  };
  const type = String(schema['type']);
  return Object.hasOwn(plain, type) ? plain[type] : 'sample';
}
