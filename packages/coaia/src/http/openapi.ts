/** The OpenAPI 3.1 document, rendered from the routes that run; nothing in it is written by hand. */
import { z } from 'zod';
import type { ZodType } from 'zod';
import { toPermission } from '#access';
import type { Route } from '#surface';

/** https://spec.openapis.org/oas/v3.1.1.html */
const OPENAPI_VERSION = '3.1.1';

export interface DocumentFacts {
  readonly version: string;
  readonly baseUrl: string;
}

type JsonSchema = Readonly<Record<string, unknown>>;

/** One document for all routes: operations by address and method, schemas in JSON Schema 2020-12. */
export function renderOpenApi(routes: readonly Route[], facts: DocumentFacts): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) {
    const path = toTemplate(route.path);
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = toOperation(route);
  }
  return {
    openapi: OPENAPI_VERSION,
    info: {
      title: 'Coaia',
      version: facts.version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: facts.baseUrl }],
    paths,
    components: {
      securitySchemes: {
        keys: { type: 'http', scheme: 'basic', description: 'Public key and secret key.' },
        browserKey: { type: 'http', scheme: 'bearer', description: 'Public key; scores only.' },
        organizationKey: {
          type: 'http',
          scheme: 'basic',
          description: 'Public key and secret key of an organization.',
        },
        page: { type: 'apiKey', in: 'cookie', name: 'coaia_session' },
      },
    },
  };
}

function toTemplate(path: string): string {
  return path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, '{$1}');
}

function toOperation(route: Route): JsonSchema {
  const status = String(route.status ?? 200);
  return {
    operationId: route.operation,
    summary: route.summary,
    tags: [route.operation.split('.')[0] ?? route.operation],
    parameters: [...toPathParameters(route.path), ...toQueryParameters(route.query)],
    ...toRequestBody(route),
    responses: {
      [status]: { description: 'Done.', ...toContent(toSchema(route.response, 'output')) },
      '4XX': { description: 'Refused; the body says why.' },
    },
    security: SECURITY[route.access],
    ...toPermissionNote(route),
  };
}

/** Which permission callers need, by the table of roles. */
function toPermissionNote(route: Route): JsonSchema {
  const permission = toPermission(route);
  return permission === undefined ? {} : { 'x-permission': permission };
}

const SECURITY: Readonly<Record<Route['access'], readonly JsonSchema[]>> = {
  open: [],
  project: [{ keys: [] }, { page: [] }],
  page: [{ keys: [] }, { page: [] }],
  scores: [{ keys: [] }, { browserKey: [] }, { page: [] }],
  organization: [{ organizationKey: [] }, { page: [] }],
  either: [{ keys: [] }, { organizationKey: [] }, { page: [] }],
};

function toPathParameters(path: string): readonly JsonSchema[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function toQueryParameters(query: ZodType | undefined): readonly JsonSchema[] {
  const schema = toSchema(query, 'input');
  const properties = (schema?.['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = (schema?.['required'] ?? []) as readonly string[];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }));
}

function toRequestBody(route: Route): JsonSchema {
  if (route.body === undefined && route.rawBody !== true) return {};
  const schema = toSchema(route.body, 'input');
  return {
    requestBody: {
      required: true,
      ...(schema === undefined
        ? { content: { 'application/octet-stream': {} } }
        : toContent(schema)),
    },
  };
}

function toContent(schema: JsonSchema | undefined): JsonSchema {
  return schema === undefined ? {} : { content: { 'application/json': { schema } } };
}

/** What zod cannot say in JSON Schema (a transformation, say) becomes the schema that allows anything. */
function toSchema(type: ZodType | undefined, io: 'input' | 'output'): JsonSchema | undefined {
  if (type === undefined) return undefined;
  const schema = z.toJSONSchema(type, { io, unrepresentable: 'any', cycles: 'ref' });
  const { $schema: _dialect, '~standard': _standard, ...rest } = schema as Record<string, unknown>;
  return rest;
}
