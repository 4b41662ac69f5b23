import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../lib/api.ts';

/** A JSON Schema as the document has it. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: JsonSchema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
}

interface RawOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly 'x-permission'?: string;
}

/** The OpenAPI document, as far as the page reads it. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
}

/** Methods of the API. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation, ready to be shown. */
export interface Operation {
  readonly id: string;
  readonly tag: string;
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  /** None: no body; `bytes`: one that is not JSON. */
  readonly body: JsonSchema | 'bytes' | undefined;
  readonly answer: JsonSchema | undefined;
  readonly permission: string | undefined;
  readonly access: 'open' | 'organization' | 'usual';
}

/** The document of this server; it changes only with the server. */
export const documentQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: async ({ signal }) =>
    toOperations(await sendRequest<ApiDocument>('/api/v1/openapi.json', { signal })),
  staleTime: 'static',
});

/** The operations in the order of tag, then address, then method. */
export function toOperations({ paths }: ApiDocument): readonly Operation[] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => toOperation(path, method, raw)),
  );
  return all.toSorted(
    (a, b) =>
      a.tag.localeCompare(b.tag) ||
      a.path.localeCompare(b.path) ||
      a.method.localeCompare(b.method),
  );
}

function toOperation(path: string, method: string, raw: RawOperation): Operation {
  return {
    id: raw.operationId,
    tag: raw.tags[0] ?? raw.operationId,
    method: method.toUpperCase() as Method,
    path,
    summary: raw.summary,
    parameters: raw.parameters,
    body: toBody(raw),
    answer: findAnswer(raw),
    permission: raw['x-permission'],
    access: toAccess(raw),
  };
}

function toBody({ requestBody }: RawOperation): Operation['body'] {
  if (requestBody === undefined) return undefined;
  return requestBody.content?.['application/json']?.schema ?? 'bytes';
}

function findAnswer({ responses }: RawOperation): JsonSchema | undefined {
  const done = Object.keys(responses).find((status) => status.startsWith('2'));
  return done === undefined ? undefined : responses[done]?.content?.['application/json']?.schema;
}

function toAccess({ security }: RawOperation): Operation['access'] {
  if (security.length === 0) return 'open';
  const isOrganization = security.some((one) => 'organizationKey' in one);
  return isOrganization && !security.some((one) => 'keys' in one) ? 'organization' : 'usual';
}

/** The operations that have each typed word in their id, address, method or summary. */
export function findOperations(all: readonly Operation[], text: string): readonly Operation[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return all;
  return all.filter((one) => {
    const whole = `${one.method} ${one.path} ${one.id} ${one.summary}`.toLowerCase();
    return wanted.every((word) => whole.includes(word));
  });
}
