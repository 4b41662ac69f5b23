import { expect, test } from 'vitest';
import { toJsonLines, toLeafText } from './json-lines.ts';

const value = { a: 1, deep: { deeper: { deepest: { hidden: true } } }, list: ['x', 'y'] };

test('three levels are open at first', () => {
  const lines = toJsonLines(value, new Set());
  expect(
    lines.map(
      (line) =>
        `${'  '.repeat(line.depth)}${line.label ?? '$'}${line.size === undefined ? '' : line.open ? ' open' : ' closed'}`,
    ),
  ).toEqual([
    '$ open',
    '  a',
    '  deep open',
    '    deeper open',
    '      deepest closed',
    '  list open',
    '    0',
    '    1',
  ]);
});

test('a toggled path has the other state', () => {
  const lines = toJsonLines(value, new Set(['$.deep.deeper.deepest', '$.list']));
  expect(lines.map((line) => line.label)).toEqual([
    undefined,
    'a',
    'deep',
    'deeper',
    'deepest',
    'hidden',
    'list',
  ]);
});

test('a container of very many starts closed and costs one line', () => {
  const lines = toJsonLines(
    { many: Array.from({ length: 100_000 }, (_, index) => index) },
    new Set(),
  );
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatchObject({ size: 100_000, open: false });
});

test('long strings are cut, short ones and numbers are whole', () => {
  expect(toLeafText('abcdef', 3)).toEqual({ text: '"abc"', more: 3 });
  expect(toLeafText('abc', 3)).toEqual({ text: '"abc"', more: 0 });
  expect(toLeafText(12.5, 1)).toEqual({ text: '12.5', more: 0 });
  expect(toLeafText(null, 1)).toEqual({ text: 'null', more: 0 });
});
