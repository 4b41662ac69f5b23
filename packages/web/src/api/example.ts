import type { JsonSchema } from './document.ts';

/** Nesting beyond this is left out of an example. */
const deepest = 4;

/** A value of that form with what is needed and nothing more: a start for who fills it in. */
export function toExample(schema: JsonSchema, depth = 0): unknown {
  const fixed = [schema.default, schema.const, schema.enum?.[0]].find((one) => one !== undefined);
  if (fixed !== undefined) return fixed;
  const choice = (schema.anyOf ?? schema.oneOf)?.[0];
  return choice === undefined ? toPlain(schema, depth) : toExample(choice, depth);
}

function toPlain(schema: JsonSchema, depth: number): unknown {
  if (schema.allOf !== undefined) return toWhole(schema.allOf, depth);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'object' || schema.properties !== undefined) return toObject(schema, depth);
  return type === 'array' ? toList(schema, depth) : (plain[type ?? ''] ?? null);
}

function toList({ items }: JsonSchema, depth: number): readonly unknown[] {
  return items === undefined || depth >= deepest ? [] : [toExample(items, depth + 1)];
}

const plain: Readonly<Record<string, unknown>> = {
  string: '',
  number: 0,
  integer: 1,
  boolean: false,
};

function toWhole(schemas: readonly JsonSchema[], depth: number): unknown {
  const parts = schemas.map((schema) => toExample(schema, depth));
  return Object.assign({}, ...parts) as unknown;
}

function toObject({ properties = {}, required = [] }: JsonSchema, depth: number): unknown {
  if (depth >= deepest) return {};
  const needed = Object.entries(properties).filter(([name]) => required.includes(name));
  return Object.fromEntries(needed.map(([name, schema]) => [name, toExample(schema, depth + 1)]));
}

/** What a schema takes, in a few words: `string`, `integer, default 50`, `one of NUMERIC, BOOLEAN`. */
export function toTypeWords(schema: JsonSchema): string {
  const start = schema.default === undefined ? '' : `, default ${JSON.stringify(schema.default)}`;
  return `${toTypeName(schema)}${start}`;
}

function toTypeName(schema: JsonSchema): string {
  if (schema.enum !== undefined) return `one of ${schema.enum.map(String).join(', ')}`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(toTypeName))].join(' or ');
  if (schema.type === 'array' && schema.items !== undefined)
    return `list of ${toTypeName(schema.items)}`;
  if (schema.type === undefined) return 'text';
  return typeof schema.type === 'string' ? schema.type : schema.type.join(' or ');
}
