/** Requests generated from the server's own OpenAPI document: every operation, half of them nearly right. */
import fc from 'fast-check';

/** What of the document is read here. */
export interface SurfaceDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SurfaceOperation>>>>;
}

interface SurfaceOperation {
  readonly operationId: string;
  readonly parameters: readonly SurfaceParameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema?: Schema }>>;
  };
  readonly security: readonly unknown[];
}

interface SurfaceParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema?: Schema;
}

type Schema = Readonly<Record<string, unknown>>;

/** One generated request. */
export interface SurfaceRequest {
  readonly operationId: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body?: string;
  /** Whose credentials are sent. */
  readonly as: 'key' | 'nobody' | 'stranger';
  /** Answers without credentials. */
  readonly isOpen: boolean;
}

const WORDS = [
  'id',
  'name',
  'value',
  'default',
  'latest',
  '1',
  'a/b',
  '%',
  "'",
  '../..',
  'ä😀',
  '',
];
const words = fc.constantFrom(...WORDS);
const texts = fc.oneof(
  words,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('2026-01-02T03:04:05Z', '-1', '1e400', 'null', '[]', '{}', 'x'.repeat(2000)),
);
const anything = fc.oneof(
  { depthSize: 'small' },
  texts,
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(texts, { maxLength: 3 }),
  fc.dictionary(words, fc.oneof(texts, fc.integer()), { maxKeys: 3 }),
);

/** `known` are ids of things that are there, so that generated addresses meet something. */
export function toRequests(
  document: SurfaceDocument,
  known: readonly string[],
): fc.Arbitrary<SurfaceRequest>[] {
  const ids = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, texts);
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      toRequest(path, method.toUpperCase(), operation, ids),
    ),
  );
}

function toRequest(
  path: string,
  method: string,
  operation: SurfaceOperation,
  ids: fc.Arbitrary<string>,
): fc.Arbitrary<SurfaceRequest> {
  const schema = operation.requestBody?.content['application/json']?.schema;
  return fc
    .record({
      names: fc.array(ids, { minLength: 5, maxLength: 5 }),
      query: fc.record(toQueries(operation, ids), { requiredKeys: [] }),
      body: schema === undefined ? anything : fc.oneof(toValues(schema, ids), anything),
      as: fc.constantFrom('key', 'key', 'key', 'key', 'nobody', 'stranger'),
    })
    .map(({ names, query, body, as }) => ({
      operationId: operation.operationId,
      method,
      path: toAddress(path, names, query),
      ...(method === 'GET' || body === undefined ? {} : { body: JSON.stringify(body) }),
      as,
      isOpen: operation.security.length === 0,
    }));
}

function toQueries(operation: SurfaceOperation, ids: fc.Arbitrary<string>) {
  const queries = operation.parameters.filter((one) => one.in === 'query');
  return Object.fromEntries(queries.map(({ name, schema }) => [name, toValues(schema ?? {}, ids)]));
}

function toAddress(
  path: string,
  names: readonly string[],
  query: Readonly<Record<string, unknown>>,
): string {
  let at = 0;
  const address = path.replaceAll(/\{\w+\}/g, (whole) =>
    // The page's addresses name the project; any other is a plain 404.
    whole === '{projectId}' ? 'default' : toSegment(names[at++ % names.length] ?? 'x'),
  );
  const pairs = Object.entries(query).map(
    ([name, value]) =>
      `${name}=${toSegment(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  return pairs.length === 0 ? address : `${address}?${pairs.join('&')}`;
}

/** Lone surrogates cannot stand in an address; a point would be resolved away. */
function toSegment(text: string | undefined): string {
  const segment = encodeURIComponent((text ?? '').toWellFormed());
  return /^\.*$/.test(segment) ? `x${segment}` : segment;
}

/** Values that fit a JSON schema by type, not always by rule; now and then something else altogether. */
function toValues(schema: Schema, ids: fc.Arbitrary<string>, depth = 3): fc.Arbitrary<unknown> {
  const right = toRight(schema, ids, depth);
  return fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: anything });
}

function toRight(schema: Schema, ids: fc.Arbitrary<string>, depth: number): fc.Arbitrary<unknown> {
  const choices = (schema['oneOf'] ?? schema['anyOf']) as readonly Schema[] | undefined;
  if (choices !== undefined && choices.length > 0)
    return fc.oneof(...choices.map((one) => toRight(one, ids, depth)));
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (schema['type'] === 'object') return toObjects(schema, ids, depth);
  if (schema['type'] === 'array')
    return fc.array(toInner(schema['items'], ids, depth), { maxLength: 3 });
  if (schema['type'] === 'string') return fc.oneof(ids, texts);
  return SIMPLE[String(schema['type'])] ?? fc.oneof(ids, anything);
}

const SIMPLE: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  integer: fc.oneof(fc.integer({ min: -1, max: 200 }), fc.maxSafeInteger()),
  number: fc.oneof(fc.integer({ min: -1, max: 200 }), fc.double()),
  boolean: fc.boolean(),
  null: fc.constant(null),
};

function toObjects(schema: Schema, ids: fc.Arbitrary<string>, depth: number) {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const required = (schema['required'] ?? []) as readonly string[];
  const fields = Object.fromEntries(
    properties.map(([name, part]) => [name, toInner(part, ids, depth)]),
  );
  if (properties.length === 0) return fc.dictionary(words, anything, { maxKeys: 3 });
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
}

function toInner(schema: unknown, ids: fc.Arbitrary<string>, depth: number) {
  return depth <= 0 || typeof schema !== 'object' || schema === null
    ? anything
    : toValues(schema as Schema, ids, depth - 1);
}
