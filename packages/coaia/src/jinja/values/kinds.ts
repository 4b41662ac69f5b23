/**
 * The values of the template language. None, True, texts, lists and numbers are the JavaScript values of the same
 * kind, dictionaries are Maps; what JavaScript cannot tell apart has a class here.
 */
import { Callable } from './callable.ts';
import { Float } from './float.ts';
import { Markup } from './markup.ts';
import { Range } from './range.ts';
import { Structure } from './structure.ts';
import { Tuple } from './tuple.ts';
import { Undefined } from './undefined.ts';

export { Callable, type CallValues } from './callable.ts';
export { Float } from './float.ts';
export { Markup } from './markup.ts';
export { Range } from './range.ts';
export { Structure } from './structure.ts';
export { Tuple } from './tuple.ts';
export { Undefined } from './undefined.ts';

export type Dict = Map<unknown, unknown>;

/** True for the number kinds, with booleans, which count as 0 and 1. */
export function isNumber(value: unknown): value is number | Float | boolean {
  return typeof value === 'number' || typeof value === 'boolean' || value instanceof Float;
}

export function isFloat(value: unknown): boolean {
  return value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));
}

export function toNumber(value: number | Float | boolean): number {
  return value instanceof Float ? value.value : Number(value);
}

export function isText(value: unknown): value is string | Markup {
  return typeof value === 'string' || value instanceof Markup;
}

/** What Python calls the type, for messages. */
export function typeName(value: unknown): string {
  if (value === null) return 'none';
  if (isText(value)) return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (isNumber(value)) return isFloat(value) ? 'float' : 'integer';
  if (Array.isArray(value)) return 'list';
  return TYPE_NAMES.find(([type]) => value instanceof type)?.[1] ?? 'value';
}

const TYPE_NAMES = [
  [Map, 'dictionary'],
  [Tuple, 'tuple'],
  [Range, 'range'],
  [Undefined, 'undefined value'],
  [Callable, 'function'],
  [Structure, 'object'],
] as const;
