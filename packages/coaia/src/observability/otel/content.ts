/** Values that travel as JSON text inside attributes. */
import { isObject } from '#base';

/** Deeper JSON inside a text attribute stays text. */
const MAX_CONTENT_DEPTH = 200;

/**
 * The value that a text attribute stands for: exporters send objects, numbers and booleans as JSON, and plain
 * texts as they are. A number that JavaScript cannot hold exactly stays text.
 */
export function toContent(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (!LOOKS_LIKE_JSON.test(value)) return value;
  let parsed: unknown;
  try {
    parsed = JSON.parse(value) as unknown;
  } catch {
    return value;
  }
  if (typeof parsed === 'number') return String(parsed) === value.trim() ? parsed : value;
  return isShallow(parsed, MAX_CONTENT_DEPTH) ? parsed : value;
}

const LOOKS_LIKE_JSON = /^\s*(?:[{["]|-?\d|true\s*$|false\s*$|null\s*$)/;

/** The object that a JSON text stands for, or undefined. */
export function toObject(value: unknown): Record<string, unknown> | undefined {
  const content = toContent(value);
  return isObject(content) ? content : undefined;
}

/** A whole number that is not negative, from a number or its text. */
export function toCount(value: unknown): number | undefined {
  const number = toNumber(value);
  return number !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** A finite number, from a number or its text. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value.trim()))
    return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return items.every((item) => isShallow(item, depth - 1));
}
