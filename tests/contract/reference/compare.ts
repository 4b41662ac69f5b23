/** Holds our OpenAPI document against the operations of the reference: what a client of it would miss. */
import { readFileSync } from 'node:fs';

/**
 * Names in the reference, at most two levels deep: a field ends with `?` when it may be absent, `[]` is the
 * form of a list's items, a text is a JSON type.
 */
export type Form = string | { readonly [field: string]: Form };

/** One operation of the reference document, reduced to the names a client depends on. */
export interface ReferenceOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly query: readonly { readonly name: string; readonly required: boolean }[];
  readonly pathParameters: readonly string[];
  readonly body: Form | null;
  readonly answer: { readonly status?: number; readonly body?: Form | null };
}

/** What of an OpenAPI 3.1 document is read here. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OurOperation>>>>;
}

export interface OurOperation {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Schema {
  readonly [keyword: string]: unknown;
}

/** The operations of Langfuse's OpenAPI document of 2026-08, names and statuses only. */
export function readReference(): readonly ReferenceOperation[] {
  const text = readFileSync(new URL('operations.jsonl', import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ReferenceOperation);
}

/** Addresses are the same when they differ in the names of their parameters only. */
export function toKey(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`;
}

/** Every operation of a document, by method and address. */
export function listOperations(document: Document): ReadonlyMap<string, OurOperation> {
  return new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [toKey(method, path), operation]),
    ),
  );
}

/** One line for each thing that the reference has and ours has not, sorted; empty when nothing is missing. */
export function compareOperation(theirs: ReferenceOperation, ours: OurOperation): string[] {
  return [
    ...compareQuery(theirs, ours),
    ...compareFields('body', theirs.body, toSchema(ours.requestBody)),
    ...compareAnswer(theirs, ours),
  ].toSorted();
}

function compareQuery(theirs: ReferenceOperation, ours: OurOperation): string[] {
  const own = new Map(
    ours.parameters.filter((one) => one.in === 'query').map((one) => [one.name, one.required]),
  );
  const known = new Set(theirs.query.map(({ name }) => name));
  const needed = new Set(theirs.query.filter((one) => one.required).map(({ name }) => name));
  return [
    ...[...known].filter((name) => !own.has(name)).map((name) => `query ${name}: not here`),
    ...[...own]
      .filter(([name, required]) => required && !needed.has(name))
      .map(([name]) => `query ${name}: needed here`),
  ];
}

function compareAnswer({ answer }: ReferenceOperation, ours: OurOperation): string[] {
  const status = Object.keys(ours.responses).find((one) => one.startsWith('2'));
  const lines = compareFields(
    'answer',
    answer.body ?? null,
    toSchema(ours.responses[status ?? '']),
  );
  return answer.status === undefined || String(answer.status) === status
    ? lines
    : [...lines, `status ${answer.status}: ${status} here`];
}

/** The JSON schema of a content, if it says one. */
function toSchema(content: Content | undefined): Schema | undefined {
  return content?.content?.['application/json']?.schema;
}

/** Fields of one form that a schema does not name, or names with the other obligation. */
function compareFields(at: string, form: Form | null, schema: Schema | undefined): string[] {
  if (form === null || typeof form === 'string') return [];
  if (schema === undefined) return [`${at}: no schema here`];
  if (form['[]'] !== undefined) return compareFields(`${at}[]`, form['[]'], toItems(schema));
  const fields = toFields(schema);
  if (fields.size === 0 && isOpen(schema)) return [`${at}: any value here`];
  return Object.entries(form).flatMap(([key, part]) => {
    const name = key.replace(/\?$/, '');
    const own = fields.get(name);
    if (own === undefined) return [`${at}.${name}: not here`];
    const isOptional = key.endsWith('?');
    const isBody = at.startsWith('body');
    const stricter = isBody && isOptional && own.isRequired ? [`${at}.${name}: needed here`] : [];
    const weaker =
      !isBody && !isOptional && !own.isRequired ? [`${at}.${name}: may lack here`] : [];
    return [...stricter, ...weaker, ...compareNested(`${at}.${name}`, part, own.schema)];
  });
}

/** Parts that the reference describes and our schema leaves open are no difference a client could see. */
function compareNested(at: string, part: Form, schema: Schema): string[] {
  return typeof part === 'string' || isOpen(schema) ? [] : compareFields(at, part, schema);
}

function toItems(schema: Schema): Schema | undefined {
  const all = toAlternatives(schema);
  return all.map((one) => one['items'] as Schema | undefined).find((one) => one !== undefined);
}

/** Allows any value, or any object. */
function isOpen(schema: Schema): boolean {
  const all = toAlternatives(schema);
  return all.some(
    (one) =>
      one['properties'] === undefined && one['items'] === undefined && one['const'] === undefined,
  );
}

interface Field {
  readonly schema: Schema;
  readonly isRequired: boolean;
}

/** Fields of a schema and all of its alternatives; needed only when every alternative needs it. */
function toFields(schema: Schema): ReadonlyMap<string, Field> {
  const objects = toAlternatives(schema).filter((one) => one['properties'] !== undefined);
  const fields = new Map<string, Field>();
  for (const one of objects) {
    for (const [name, property] of Object.entries(one['properties'] as Record<string, Schema>)) {
      if (fields.has(name)) continue;
      const isRequired = objects.every((other) =>
        ((other['required'] ?? []) as readonly string[]).includes(name),
      );
      fields.set(name, { schema: property, isRequired });
    }
  }
  return fields;
}

function toAlternatives(schema: Schema): readonly Schema[] {
  const nested = ['oneOf', 'anyOf', 'allOf'].flatMap((key) => (schema[key] ?? []) as Schema[]);
  return nested.length === 0 ? [schema] : nested.flatMap(toAlternatives);
}
