import { absent } from '../../lib/format.ts';
import { toDigits } from '../numbers.ts';

/** A value of a row as a person reads it: numbers with six digits, lists and objects as JSON. */
export function toShown(value: unknown): string {
  if (value === null || value === undefined) return absent;
  if (typeof value === 'number') return toDigits(value, 6);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(toShown).join(', ');
  return JSON.stringify(value);
}

/** A row on one line: the value alone where there is one, else `name value, name value`. */
export function toRowText(row: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(row);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) return toShown(only[1]);
  return entries.map(([name, value]) => `${name} ${toShown(value)}`).join(' · ');
}
