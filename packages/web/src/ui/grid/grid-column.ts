import type { ReactNode } from 'react';

/** A column of a list. */
export interface GridColumn<Row> {
  readonly key: string;
  readonly name: string;
  /** The head is said but not shown, as over a column of buttons. */
  readonly quiet?: boolean;
  /** Pixels; the least for a column that grows. */
  readonly width: number;
  /** Share of the room that is left. */
  readonly grow?: number;
  /** Numbers stand at the right. */
  readonly right?: boolean;
  /** Field of the order; none for a column without one. */
  readonly sort?: string;
  /** The lower, the later it is dropped when the window is narrow; 0 always stays. */
  readonly rank: number;
  readonly render: (row: Row) => ReactNode;
}

type Shape = Pick<GridColumn<never>, 'key' | 'width' | 'grow' | 'right' | 'rank'>;

/** The columns that fit into `width` pixels, in their own order. */
export function findFittingColumns<C extends Shape>(
  columns: readonly C[],
  width: number,
): readonly C[] {
  let left = width;
  const kept = new Set<string>();
  for (const column of columns.toSorted((a, b) => a.rank - b.rank)) {
    left -= column.width + 12;
    if (left < 0 && kept.size > 1) break;
    kept.add(column.key);
  }
  return columns.filter((column) => kept.has(column.key));
}

/** The CSS grid's column template. */
export function toTemplate(columns: readonly Shape[], lead?: string): string {
  const tracks = columns.map((column) =>
    column.grow === undefined ? `${column.width}px` : `minmax(${column.width}px, ${column.grow}fr)`,
  );
  return (lead === undefined ? tracks : [lead, ...tracks]).join(' ');
}

/** Place of a cell; a text beside a number on its left keeps some distance. */
export function toCellClass(
  columns: readonly { readonly right?: boolean }[],
  index: number,
): string {
  const right = columns[index]?.right === true;
  const apart = !right && columns[index - 1]?.right === true;
  return `flex h-full min-w-0 items-center${right ? ' justify-end' : ''}${apart ? ' pl-3' : ''}`;
}

/** The order after a click on a head: a first click puts the largest or newest first, a second turns it round. */
export function toNextOrder(current: string, field: string): string {
  return `${field}.${current === `${field}.desc` ? 'asc' : 'desc'}`;
}

// `v9` before `v10`.
const byName = new Intl.Collator('en', { numeric: true });

/** Rows in the order `field.asc` or `field.desc`, by the given values; absent ones always last. */
export function toOrdered<Row>(
  rows: readonly Row[],
  orderBy: string,
  values: Readonly<Record<string, (row: Row) => string | number | null>>,
): readonly Row[] {
  const [field = '', direction] = orderBy.split('.');
  const read = values[field];
  if (read === undefined) return rows;
  const sign = direction === 'asc' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return (
      sign * (typeof left === 'string' ? byName.compare(left, String(right)) : left - Number(right))
    );
  });
}
