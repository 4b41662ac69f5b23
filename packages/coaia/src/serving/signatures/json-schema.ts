/** JSON Schema (2020-12) of a signature: one source for REST, documents, agents' tools and forms. */
import type { Field, FieldType, Signature } from './signature.ts';

export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** One row: the inputs, or the outputs. Strict: no other members are allowed among the inputs. */
export function toJsonSchema(
  signature: Signature,
  side: 'inputs' | 'outputs' = 'inputs',
): JsonSchema {
  const fields = signature[side];
  const properties = Object.fromEntries(fields.map((field) => [field.name, toFieldSchema(field)]));
  const isInput = side === 'inputs';
  return {
    type: 'object',
    ...(isInput && signature.description !== undefined
      ? { description: signature.description }
      : {}),
    properties,
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: !isInput,
    ...(isInput ? { examples: [signature.example] } : {}),
  };
}

/** One field, lists and null included. */
export function toFieldSchema(field: Field): JsonSchema {
  const single = { ...toSingle(field), ...toBounds(field) };
  // Outermost length last, so that the list nests as the shape does.
  const shaped = field.shape.reduceRight<JsonSchema>(toListSchema, single);
  return {
    ...(field.nullable ? toNullable(shaped) : shaped),
    ...toWords(field),
  };
}

function toListSchema(items: JsonSchema, length: number): JsonSchema {
  return length < 0
    ? { type: 'array', items }
    : { type: 'array', items, minItems: length, maxItems: length };
}

const TYPES: Readonly<Record<Exclude<FieldType, 'category'>, JsonSchema>> = {
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  string: { type: 'string' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
};

function toSingle(field: Field): JsonSchema {
  if (field.type !== 'category') return TYPES[field.type];
  const levels = field.levels ?? [];
  const kinds = new Set(levels.map((level) => typeof level));
  return { ...(kinds.size === 1 ? { type: [...kinds][0] } : {}), enum: levels };
}

function toBounds({ type, min, max }: Field): JsonSchema {
  if (type !== 'number' && type !== 'integer') return {};
  return {
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  };
}

function toNullable(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

/** Descriptions, with the training range, which is advice and no bound. */
function toWords(field: Field): JsonSchema {
  const { description, trained } = field;
  const range =
    trained === undefined ? [] : [`Seen in training: ${trained.min} to ${trained.max}.`];
  const words = [...(description === undefined ? [] : [description]), ...range];
  return {
    ...(words.length === 0 ? {} : { description: words.join(' ') }),
    ...(field.default === undefined ? {} : { default: field.default }),
  };
}
