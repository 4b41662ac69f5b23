import { expect, test } from 'vitest';
import type { Column } from '#surface';
import { renderTable } from './table.ts';
import { toOneLine, toWidth } from './text-width.ts';

interface Row {
  readonly name: string;
  readonly cost: number;
  readonly id: string;
}

const columns: readonly Column<Row>[] = [
  { header: 'Name', value: ({ name }) => name, minWidth: 8 },
  { header: 'Cost', value: ({ cost }) => String(cost), align: 'right', drop: 1 },
  { header: 'Trace ID', value: ({ id }) => id },
  { header: 'Note', value: () => 'a note', drop: 2 },
];

const rows: readonly Row[] = [
  { name: 'a', cost: 1.5, id: '0123456789abcdef0123456789abcdef' },
  { name: '日本語', cost: 12, id: 'x' },
];

test('the frame of the contract', () => {
  expect(renderTable('traces', rows, columns)).toMatchInlineSnapshot(`
    "+----------+------+----------------------------------+--------+
    | Name     | Cost | Trace ID                         | Note   |
    +----------+------+----------------------------------+--------+
    | a        |  1.5 | 0123456789abcdef0123456789abcdef | a note |
    | 日本語   |   12 | x                                | a note |
    +----------+------+----------------------------------+--------+
    Total traces: 2
    "
  `);
});

test('columns leave by priority; what has none is never cut', () => {
  const header = (width: number) => renderTable('traces', rows, columns, width).split('\n')[1];
  expect(header(63)).toContain('| Note');
  expect(header(62)).not.toContain('| Note');
  expect(header(62)).toContain('| Cost');
  expect(header(40)).toBe('| Name     | Trace ID                         |');
  expect(renderTable('traces', rows, columns, 10)).toContain('0123456789abcdef0123456789abcdef');
});

test('no rows is a sentence', () => {
  expect(renderTable('score configs', [], columns)).toBe('No score configs found.\n');
});

test('a cell is one line and cannot drive the terminal', () => {
  const text = renderTable(
    'rows',
    [{ name: 'a\nb\t\u001B[31mred\u0007', cost: 1, id: '' }],
    columns,
  );
  expect(text).toContain('| a b [31mred |');
  expect(text).not.toContain('\u001B');
});

test.each([
  ['plain', 5],
  ['日本', 4],
  ['e\u0301', 1],
  ['👍', 2],
  ['', 0],
])('%j takes %d columns', (text, width) => expect(toWidth(text)).toBe(width));

test('marks that turn the direction of text around are removed', () => {
  expect(toOneLine('abc\u202Edef')).toBe('abcdef');
});
