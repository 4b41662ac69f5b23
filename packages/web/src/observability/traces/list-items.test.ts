import { expect, test } from 'vitest';
import { findRowIndex, toListItems } from './list-items.ts';
import type { TraceRow } from './trace-row.ts';

const row = (id: string, sessionId: string | null) =>
  ({ id, sessionId, name: id }) as unknown as TraceRow;
const rows = [row('a', 's1'), row('b', 's2'), row('c', 's1')];

test('groups stand where their first trace stood, with every trace once', () => {
  const items = toListItems(rows, 'session');
  expect(
    items.map((item) => (item.kind === 'group' ? `${item.label} ${item.count}` : item.row.id)),
  ).toEqual(['s1 2', 'a', 'c', 's2 1', 'b']);
});

test('moving skips the heads and stops at the ends', () => {
  const items = toListItems(rows, 'session');
  expect(findRowIndex(items, 0, 1)).toBe(1);
  expect(findRowIndex(items, 3, 1)).toBe(4);
  expect(findRowIndex(items, 3, -1)).toBe(2);
  expect(findRowIndex(items, 0, -1)).toBe(1);
  expect(findRowIndex(items, 99, 1)).toBe(4);
  expect(findRowIndex([], 0, 1)).toBe(-1);
});
