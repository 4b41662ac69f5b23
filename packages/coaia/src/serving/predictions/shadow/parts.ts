/** The inputs in parts: levels of categories, quarters of numbers. */
import type { Row } from '../../signatures/signature.ts';

/** Names the part that a row belongs to; undefined where the value is missing. */
export type ToPart = (row: Row) => string | undefined;

/** More different values than this are quarters of numbers, or nothing to compare by. */
const MOST_LEVELS = 20;

/** How a field is cut, by the values that it has in `rows`; undefined where it cannot be. */
export function toPartition(field: string, rows: readonly Row[]): ToPart | undefined {
  const values = rows
    .map((row) => row[field])
    .filter((value) => value !== undefined && value !== null);
  const different = new Set(values.filter((value) => typeof value !== 'object').map(String));
  if (different.size === 0) return undefined;
  const isNumber = values.every((value) => typeof value === 'number');
  if (different.size <= MOST_LEVELS && !(isNumber && different.size > 8))
    return (row) => toText(row[field]);
  return isNumber ? toQuarters(field, values) : undefined;
}

const toText = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;

function toQuarters(field: string, values: readonly number[]): ToPart {
  const sorted = values.toSorted((left, right) => left - right);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const edges = [at(0), at(0.25), at(0.5), at(0.75), sorted.at(-1) ?? 0];
  const names = [0, 1, 2, 3].map((index) => `${show(edges[index])} to ${show(edges[index + 1])}`);
  return (row) => {
    const value = row[field];
    if (typeof value !== 'number') return undefined;
    const place = [1, 2, 3].findIndex((index) => value < (edges[index] ?? 0));
    return names[place === -1 ? 3 : place];
  };
}

const show = (value: number | undefined) => String(Number((value ?? 0).toPrecision(4)));
