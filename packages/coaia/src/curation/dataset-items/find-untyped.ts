/** Finds parts of a JSON Schema that zod would pass over in silence: constraints that stand without a `type`. */
import { isObject } from '#base';

/** Words that say something only about values of one type. */
const TYPED = new Set([
  'properties',
  'required',
  'additionalProperties',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'items',
  'prefixItems',
  'minItems',
  'maxItems',
  'uniqueItems',
  'contains',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
]);

/** Members that hold one schema, a list of schemas, or schemas by name. */
const NESTED = new Set(['additionalProperties', 'propertyNames', 'items', 'contains']);
const LISTS = new Set(['prefixItems', 'anyOf', 'oneOf', 'allOf', 'items']);
const MAPS = new Set(['properties', 'patternProperties', '$defs', 'definitions']);

/** Place (`properties.q`) and word of the first such part, or undefined. */
export function findUntyped(schema: unknown, place = ''): string | undefined {
  if (!isObject(schema)) return undefined;
  const word = Object.keys(schema).find((key) => TYPED.has(key));
  if (word !== undefined && schema['type'] === undefined) return `${place}${word}`;
  for (const [key, part] of Object.entries(schema)) {
    for (const [name, inner] of listParts(key, part)) {
      const found = findUntyped(inner, `${place}${name}.`);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function listParts(key: string, part: unknown): readonly (readonly [string, unknown])[] {
  if (Array.isArray(part) && LISTS.has(key))
    return part.map((one: unknown, index) => [`${key}.${index}`, one]);
  if (MAPS.has(key) && isObject(part))
    return Object.entries(part).map(([name, one]) => [`${key}.${name}`, one]);
  return NESTED.has(key) ? [[key, part]] : [];
}
