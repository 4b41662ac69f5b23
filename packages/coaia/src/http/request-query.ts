/** Query parameters as a route's schema wants them: repeated ones become lists where it wants lists. */
import type { ZodType } from 'zod';
import { invalidRequest } from '#base';

type Query = Record<string, string | readonly string[]>;

/** The parts of a zod definition that say what a field holds. */
interface Definition {
  readonly type: string;
  readonly innerType?: ZodType;
  readonly in?: ZodType;
  readonly out?: ZodType;
  readonly options?: readonly ZodType[];
  readonly shape?: Readonly<Record<string, ZodType>>;
}

/** Names of the fields of an object schema that take lists. Computed once per route. */
export function findListFields(schema: ZodType | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const object = schema === undefined ? undefined : findDefinition(schema, 'object');
  for (const [name, field] of Object.entries(object?.shape ?? {}))
    if (findDefinition(field, 'array') !== undefined) names.add(name);
  return names;
}

/** Definition of the wanted kind inside optional, default, pipe, lazy or union wrappers. */
function findDefinition(schema: ZodType, type: string): Definition | undefined {
  const definition = schema._zod.def as unknown as Definition;
  if (definition.type === type) return definition;
  const inner = [
    definition.innerType,
    definition.in,
    definition.out,
    ...(definition.options ?? []),
  ];
  for (const next of inner) {
    const found = next === undefined ? undefined : findDefinition(next, type);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Splits the query of an address. A repeated single parameter stays a list, which the schema then refuses. */
export function parseQuery(url: string, lists: ReadonlySet<string>): Query {
  const query: Query = {};
  const at = url.indexOf('?');
  if (at === -1) return query;
  const parameters = new URLSearchParams(url.slice(at + 1).split('#', 1)[0]);
  for (const name of new Set(parameters.keys())) {
    if (name === '__proto__') continue;
    const values = parameters.getAll(name);
    if (values.some(hasNul) || hasNul(name))
      throw invalidRequest('The query contains a NUL character.');
    const [first = ''] = values;
    query[name] = values.length > 1 || lists.has(name) ? values : first;
  }
  return query;
}

/** Neither database nor file system takes this character in text. */
export function hasNul(text: string): boolean {
  return text.includes('\0');
}
