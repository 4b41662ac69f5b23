import { expect, test } from 'vitest';
import { findFittingColumns, toNextOrder, toOrdered, toTemplate } from './grid-column.ts';

const columns = [
  { key: 'name', width: 100, grow: 1, rank: 0 },
  { key: 'cost', width: 80, right: true, rank: 2 },
  { key: 'time', width: 90, rank: 1 },
];

test('a narrow window drops the columns of the highest rank and keeps the order', () => {
  expect(findFittingColumns(columns, 1000).map(({ key }) => key)).toEqual(['name', 'cost', 'time']);
  expect(findFittingColumns(columns, 230).map(({ key }) => key)).toEqual(['name', 'time']);
});

test('the template grows where a column may', () => {
  expect(toTemplate(columns, '32px')).toBe('32px minmax(100px, 1fr) 80px 90px');
});

test('a second click turns the order round', () => {
  expect(toNextOrder('cost.desc', 'cost')).toBe('cost.asc');
  expect(toNextOrder('cost.asc', 'cost')).toBe('cost.desc');
  expect(toNextOrder('cost.desc', 'name')).toBe('name.desc');
});

test('rows without a value come last in both orders', () => {
  const rows = [{ n: 2 }, { n: null }, { n: 10 }];
  const values = { n: (row: { readonly n: number | null }) => row.n };
  expect(toOrdered(rows, 'n.asc', values).map(({ n }) => n)).toEqual([2, 10, null]);
  expect(toOrdered(rows, 'n.desc', values).map(({ n }) => n)).toEqual([10, 2, null]);
  expect(toOrdered(rows, 'other.desc', values)).toBe(rows);
});

test('numbers in names count as numbers', () => {
  const rows = [{ n: 'v10' }, { n: 'v9' }];
  const values = { n: (row: { readonly n: string }) => row.n };
  expect(toOrdered(rows, 'n.asc', values).map(({ n }) => n)).toEqual(['v9', 'v10']);
});
