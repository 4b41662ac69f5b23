/** Values of the program to values of templates and back. Only data crosses: no functions, no prototypes. */
import { TemplateError } from '../errors.ts';

import { spend } from './cost.ts';
import { Callable, Float, Markup, Range, Structure, Tuple, Undefined } from './kinds.ts';

/** Deepest nesting of a value that crosses. */
const MAX_DEPTH = 200;

/** A copy of JSON-like data as template values. Own enumerable properties only; anything else is undefined. */
export function fromPlain(value: unknown, name: string, depth = 0): unknown {
  if (depth > MAX_DEPTH)
    throw new TemplateError(
      `\`${name}\` is nested more than ${MAX_DEPTH} levels deep`,
      'COAIA-0973',
    );
  if (typeof value === 'number' || typeof value === 'bigint') return fromNumber(Number(value));
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'object') return new Undefined(name);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => fromPlain(item, name, depth + 1));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return new Map(entries.map(([key, item]) => [key, fromPlain(item, String(key), depth + 1)]));
}

function fromNumber(value: number) {
  return Number.isFinite(value) ? value : Float.of(value);
}

/** Template values as JSON-like data: undefined stays undefined, keys become texts, functions are refused. */
export function toPlain(value: unknown, depth = 0): unknown {
  spend();
  if (depth > MAX_DEPTH)
    throw new TemplateError(`A value is nested more than ${MAX_DEPTH} levels deep`, 'COAIA-0973');
  if (value instanceof Undefined) return undefined;
  if (value instanceof Float) return value.value;
  if (value instanceof Markup) return value.text;
  if (value instanceof Range) return value.toArray();
  if (value instanceof Tuple) return value.items.map((item) => toPlain(item, depth + 1));
  if (Array.isArray(value)) return value.map((item: unknown) => toPlain(item, depth + 1));
  if (value instanceof Map)
    return Object.fromEntries(
      [...value].map(([key, item]: [unknown, unknown]) => [
        plainKey(key),
        toPlain(item, depth + 1),
      ]),
    );
  if (value instanceof Callable || value instanceof Structure)
    throw new TemplateError('A function or a loop cannot be the value of an expression');
  return value;
}

function plainKey(key: unknown): string {
  return String(key instanceof Float ? key.value : key);
}
