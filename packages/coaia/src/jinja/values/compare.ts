/** Truth, equality, order and membership, as Python has them. */
import { TemplateError } from '../errors.ts';

import {
  Float,
  isNumber,
  isText,
  Markup,
  Range,
  toNumber,
  Tuple,
  typeName,
  Undefined,
} from './kinds.ts';
import { characters, toText } from './show.ts';
import { spend } from './cost.ts';

const MAX_DEPTH = 100;

export function isTruthy(value: unknown): boolean {
  if (value === null || value instanceof Undefined) return false;
  if (isNumber(value)) return toNumber(value) !== 0;
  if (isText(value)) return toText(value) !== '';
  if (Array.isArray(value) || value instanceof Range) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  return !(value instanceof Tuple) || value.items.length > 0;
}

export function areEqual(a: unknown, b: unknown, depth = 0): boolean {
  spend();
  if (depth > MAX_DEPTH)
    throw new TemplateError('Values are nested too deep to compare', 'COAIA-0973');
  if (a === b) return true;
  if (isNumber(a) && isNumber(b)) return toNumber(a) === toNumber(b);
  if (isText(a) && isText(b)) return toText(a) === toText(b);
  if (a instanceof Undefined) return b instanceof Undefined;
  return areCollectionsEqual(a, b, depth + 1);
}

function areCollectionsEqual(a: unknown, b: unknown, depth: number): boolean {
  if (a instanceof Map && b instanceof Map)
    return (
      a.size === b.size &&
      [...a].every(([key, value]) => b.has(key) && areEqual(value, b.get(key), depth))
    );
  if (a instanceof Range && b instanceof Range)
    return areItemsEqual(a.toArray(), b.toArray(), depth);
  const [left, right] = [toOrdered(a), toOrdered(b)];
  if (left === undefined || right === undefined || Array.isArray(a) !== Array.isArray(b))
    return false;
  return areItemsEqual(left, right, depth);
}

function areItemsEqual(a: readonly unknown[], b: readonly unknown[], depth: number) {
  return a.length === b.length && a.every((item, index) => areEqual(item, b[index], depth));
}

/** Below zero, zero or above zero. Values of different kinds have no order. */
export function compareOrder(a: unknown, b: unknown, depth = 0): number {
  if (isNumber(a) && isNumber(b)) return toNumber(a) - toNumber(b);
  if (isText(a) && isText(b)) return compareText(toText(a), toText(b));
  const [left, right] = [toOrdered(a), toOrdered(b)];
  const isSameKind = Array.isArray(a) === Array.isArray(b);
  if (left === undefined || right === undefined || !isSameKind || depth > MAX_DEPTH)
    throw new TemplateError(`A ${typeName(a)} and a ${typeName(b)} have no order`);
  return compareItems(left, right, depth);
}

function compareItems(left: readonly unknown[], right: readonly unknown[], depth: number): number {
  for (const [index, item] of left.entries()) {
    if (index >= right.length) return 1;
    if (!areEqual(item, right[index])) return compareOrder(item, right[index], depth + 1);
  }
  return left.length - right.length;
}

function toOrdered(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[];
  return value instanceof Tuple ? value.items : undefined;
}

/** By code point, which differs from JavaScript's order only beyond the basic plane. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  spend(a.length + b.length);
  const isPlain = !/[\ud800-\udfff]/.test(a) && !/[\ud800-\udfff]/.test(b);
  if (isPlain) return a < b ? -1 : 1;
  const [left, right] = [characters(a), characters(b)];
  const index = left.findIndex((character, at) => character !== right[at]);
  if (index === -1) return left.length - right.length;
  return (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? -1);
}

/** `item in container`. */
export function isIn(item: unknown, container: unknown): boolean {
  if (isText(container)) {
    if (!isText(item)) throw new TemplateError('Only a text can be `in` a text');
    return toText(container).includes(toText(item));
  }
  // Neither can be a key here.
  const isNoKey = item instanceof Undefined || item instanceof Tuple;
  if (container instanceof Map) return !isNoKey && container.has(toKey(item));
  if (container instanceof Undefined) return false;
  const items = container instanceof Range ? container.toArray() : toOrdered(container);
  if (items === undefined)
    throw new TemplateError(`A ${typeName(container)} holds nothing to look for`);
  return items.some((each) => areEqual(each, item));
}

/** What stands for a value as the key of a dictionary. */
export function toKey(value: unknown): unknown {
  if (value instanceof Float) return value.value;
  if (value instanceof Markup) return value.text;
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  )
    return value;
  throw new TemplateError(`A ${typeName(value)} cannot be the key of a dictionary`);
}
