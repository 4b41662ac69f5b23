/** Where a list of the page goes on: after this value of the sort field and this id. */
import { parseCursor, toCursor } from '#base';
import { readFailures } from '../errors.ts';
import { fragment, joinFragments, type Fragment } from '../filter/fragment.ts';

/** A sort by one expression and, among equals, by id; missing values come last either way. */
export interface KeysetOrder {
  /** As in `orderBy`; a cursor only fits the order it was made for. */
  readonly name: string;
  readonly expression: string;
  readonly id: string;
  readonly direction: 'asc' | 'desc';
  readonly kind: 'text' | 'number';
}

export function toListCursor(
  order: KeysetOrder,
  value: string | number | null,
  id: string,
): string {
  return toCursor([order.name, value, id]);
}

/** Rows after the cursor. Fails with COAIA-1024 for a text that is no cursor of this order. */
export function parseListCursor(text: string, order: KeysetOrder): Fragment {
  const parsed = parseCursor(text);
  const [name, value, id] = Array.isArray(parsed) ? (parsed as readonly unknown[]) : [];
  const isValue = value === null || typeof value === (order.kind === 'text' ? 'string' : 'number');
  if (name !== order.name || !isValue || typeof id !== 'string') {
    throw readFailures.create('COAIA-1024', 'The cursor is not one of this list in this order.', {
      hint: 'start again without the cursor parameter',
    });
  }
  return toAfter(order, value as string | number | null, id);
}

function toAfter(order: KeysetOrder, value: string | number | null, id: string): Fragment {
  const { expression } = order;
  const after = order.direction === 'asc' ? '>' : '<';
  const tie = fragment(`${order.id} ${after} ?`, id);
  if (value === null) return { sql: `${expression} IS NULL AND ${tie.sql}`, parameters: [id] };
  const place = order.kind === 'text' ? '?' : 'CAST(? AS double precision)';
  const beyond = fragment(`${expression} ${after} ${place}`, value);
  const equal = fragment(`${expression} = ${place} AND ${tie.sql}`, value, id);
  const parts = [beyond, equal, fragment(`${expression} IS NULL`)];
  return joinFragments(parts, 'OR') ?? beyond;
}

/**
 * The same for a whole-number column that is never missing and has an index: written so that the index is entered
 * at the right place.
 */
export function parseIndexedCursor(text: string, order: KeysetOrder): Fragment {
  const after = parseListCursor(text, order);
  const value = (parseCursor(text) as readonly unknown[])[1];
  if (typeof value !== 'number') return after;
  const bound = fragment(
    `${order.expression} ${order.direction === 'asc' ? '>=' : '<='} ?`,
    Math.round(value),
  );
  return joinFragments([bound, after], 'AND') ?? after;
}
