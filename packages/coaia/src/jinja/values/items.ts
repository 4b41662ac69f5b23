/** What can be gone through, indexed and cut. */
import { TemplateError } from '../errors.ts';

import { toKey } from './compare.ts';
import { characters, toText } from './show.ts';
import {
  Float,
  isNumber,
  isText,
  Range,
  Structure,
  toNumber,
  Tuple,
  typeName,
  Undefined,
} from './kinds.ts';

/** The items of a value in order: characters of a text, keys of a dictionary. */
export function toItems(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Tuple) return value.items;
  if (value instanceof Map) return [...value.keys()];
  if (value instanceof Range) return value.toArray();
  if (isText(value)) return characters(toText(value));
  if (value instanceof Undefined) return [];
  throw new TemplateError(`A ${typeName(value)} has no items`);
}

/** How many, or undefined for what has no length. */
export function lengthOf(value: unknown): number | undefined {
  if (Array.isArray(value) || value instanceof Range) return value.length;
  if (value instanceof Map) return value.size;
  if (value instanceof Tuple) return value.items.length;
  if (isText(value)) return characters(toText(value)).length;
  return value instanceof Undefined ? 0 : undefined;
}

/** How much work a value is, in characters or items. */
export function sizeOf(value: unknown): number {
  if (isText(value)) return toText(value).length;
  return lengthOf(value) ?? 0;
}

/** `object[key]` for data; undefined when there is none. Never reaches a property of JavaScript. */
export function getItem(object: unknown, key: unknown): unknown {
  if (object instanceof Map) return isKey(key) ? object.get(toKey(key)) : undefined;
  if (object instanceof Structure) return isText(key) ? object.fields.get(toText(key)) : undefined;
  if (!isNumber(key) || key instanceof Float) return undefined;
  const index = toNumber(key);
  if (!Number.isInteger(index)) return undefined;
  if (Array.isArray(object)) return object.at(index);
  if (object instanceof Tuple) return object.items.at(index);
  if (object instanceof Range) return object.at(index);
  return isText(object) ? characters(toText(object)).at(index) : undefined;
}

function isKey(key: unknown) {
  return key === null || isText(key) || isNumber(key);
}

/** `object[start:stop:step]`. */
export function getSlice(object: unknown, bounds: readonly unknown[]): unknown {
  const items = isText(object) || !(object instanceof Map) ? toItems(object) : undefined;
  if (items === undefined || object instanceof Undefined)
    throw new TemplateError(`A ${typeName(object)} cannot be cut`);
  const part = cut(items, bounds.map(toBound));
  if (isText(object)) return part.join('');
  return object instanceof Tuple ? new Tuple(part) : part;
}

function toBound(bound: unknown): number | undefined {
  if (bound === undefined || bound === null) return undefined;
  if (isNumber(bound) && Number.isInteger(toNumber(bound))) return toNumber(bound);
  throw new TemplateError('The bounds of a slice are whole numbers');
}

function cut<T>(
  items: readonly T[],
  [start, stop, step = 1]: readonly (number | undefined)[],
): T[] {
  if (step === 0) throw new TemplateError('The step of a slice cannot be 0');
  const { length } = items;
  const limit = (bound: number, low: number, high: number) =>
    Math.min(Math.max(bound < 0 ? bound + length : bound, low), high);
  const part: T[] = [];
  if (step > 0) {
    const end = limit(stop ?? length, 0, length);
    for (let at = limit(start ?? 0, 0, length); at < end; at += step) part.push(items[at] as T);
    return part;
  }
  const end = stop === undefined ? -1 : limit(stop, -1, length - 1);
  for (
    let at = start === undefined ? length - 1 : limit(start, -1, length - 1);
    at > end;
    at += step
  )
    part.push(items[at] as T);
  return part;
}
