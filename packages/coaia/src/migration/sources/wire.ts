/** Reads members of records that another server sent. Everything may be missing: servers differ by version. */
import { isObject, parseTime } from '#base';

export type Wire = Readonly<Record<string, unknown>>;

/** The value as a record; anything else is an empty one. */
export function toWire(value: unknown): Wire {
  return isObject(value) ? value : {};
}

/** A text that is not empty, or null. */
export function readText(wire: Wire, name: string): string | null {
  const value = wire[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A text, or the empty one. */
export function readId(wire: Wire, name = 'id'): string {
  return readText(wire, name) ?? '';
}

/** A number, or null. */
export function readNumber(wire: Wire, name: string): number | null {
  const value = wire[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Epoch milliseconds of an ISO time, or null. */
export function readTime(wire: Wire, name: string): number | null {
  const text = readText(wire, name);
  return text === null ? null : (parseTime(text) ?? null);
}

/** Records of a list; what is no record is left out. */
export function readRecords(wire: Wire, name: string): readonly Wire[] {
  const value = wire[name];
  return Array.isArray(value) ? value.filter((one) => isObject(one)) : [];
}

/** Texts of a list, sorted, each once. */
export function readTexts(wire: Wire, name: string): readonly string[] {
  const value = wire[name];
  if (!Array.isArray(value)) return [];
  return [...new Set(value.filter((one) => typeof one === 'string'))].toSorted();
}

/** The named members, null where one is missing. */
export function toFields(wire: Wire, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, wire[name] ?? null]));
}
