/** Keeps secret values out of everything that is stored or shown. */
import { isObject } from '#base';

export const MASK = '***';

/** Shorter texts would hide too much of everything else. */
const SHORTEST = 4;

/** A function that replaces the secrets wherever they stand in a JSON value. */
export function createMask(secrets: readonly unknown[]): <T>(value: T) => T {
  const texts = secrets
    .filter((secret) => secret !== null && secret !== undefined && typeof secret !== 'object')
    .map(String)
    .filter((text) => text.length >= SHORTEST)
    .toSorted((one, other) => other.length - one.length);
  if (texts.length === 0) return (value) => value;
  const mask = (value: unknown): unknown => {
    if (typeof value === 'string')
      return texts.reduce((text, secret) => text.replaceAll(secret, MASK), value);
    if (typeof value === 'number') return texts.includes(String(value)) ? MASK : value;
    if (Array.isArray(value)) return value.map(mask);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [mask(key), mask(one)]));
  };
  return mask as <T>(value: T) => T;
}
