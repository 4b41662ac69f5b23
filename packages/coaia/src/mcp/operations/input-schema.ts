/** The arguments of an operation as one object: address parameters, query, and the members of the body. */
import { z } from 'zod';
import type { ZodType } from 'zod';
import { isObject } from '#base';
import type { Route } from '#surface';
import type { InputSchema, JsonSchema } from '../tool.ts';

/** Where each argument of an operation goes. */
export interface OperationShape {
  readonly input: InputSchema;
  readonly params: readonly string[];
  readonly query: readonly string[];
  /** `members`: the rest of the arguments is the body. `whole`: the argument `body` is. */
  readonly body: 'none' | 'members' | 'whole';
}

/** Computed from the declaration of the route; address parameters win over query, query over the body. */
export function toOperationShape(route: Route): OperationShape {
  const params = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const query = toSchema(route.query);
  const body = toSchema(route.body);
  const queryMembers = toMembers(query);
  const isFlat = body?.['type'] === 'object' && isObject(body['properties']);
  const members = isFlat ? toMembers(body) : {};
  const whole = body === undefined || isFlat ? {} : { body: toPlain(body) };
  const required = [
    ...params,
    ...toRequired(query),
    ...(isFlat ? toRequired(body) : Object.keys(whole)),
  ];
  const definitions = { ...toDefinitions(query), ...toDefinitions(body) };
  return {
    input: {
      type: 'object',
      properties: { ...whole, ...members, ...queryMembers, ...toParams(params) },
      ...(required.length === 0 ? {} : { required: [...new Set(required)] }),
      ...(Object.keys(definitions).length === 0 ? {} : { $defs: definitions }),
    },
    params,
    query: Object.keys(queryMembers).filter((name) => !params.includes(name)),
    body: toBodyForm(body, isFlat),
  };
}

function toBodyForm(body: JsonSchema | undefined, isFlat: boolean): OperationShape['body'] {
  if (body === undefined) return 'none';
  return isFlat ? 'members' : 'whole';
}

/** What zod cannot say becomes the schema that allows anything. */
function toSchema(type: ZodType | undefined): JsonSchema | undefined {
  if (type === undefined) return undefined;
  const options = { io: 'input', unrepresentable: 'any', cycles: 'ref' } as const;
  return z.toJSONSchema(type, options);
}

function toMembers(schema: JsonSchema | undefined): Record<string, JsonSchema> {
  return isObject(schema?.['properties'])
    ? (schema['properties'] as Record<string, JsonSchema>)
    : {};
}

function toRequired(schema: JsonSchema | undefined): readonly string[] {
  return Array.isArray(schema?.['required']) ? (schema['required'] as readonly string[]) : [];
}

/** References point to the top, so definitions have to be there. */
function toDefinitions(schema: JsonSchema | undefined): Record<string, JsonSchema> {
  return isObject(schema?.['$defs']) ? (schema['$defs'] as Record<string, JsonSchema>) : {};
}

function toPlain({ $schema: _dialect, $defs: _definitions, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

function toParams(names: readonly string[]): Record<string, JsonSchema> {
  return Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
}
