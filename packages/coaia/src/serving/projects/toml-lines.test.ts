import { expect, test } from 'vitest';
import { findKeyLines, fromKeyPath, toKeyPath } from './toml-lines.ts';

const find = (text: string) => Object.fromEntries(findKeyLines(text));

test('keys have the line on which they stand', () => {
  const text = [
    '# comment [not.a.table]', // 1
    'top = "a = b # no"', // 2
    '[one]', // 3
    'list = [ # here', // 4
    '  "x]", # [y]', // 5
    '  { inner = 1, other = "}" },', // 6
    ']', // 7
    'long = """', // 8
    'fake = 1', // 9
    '\\""" still"""', // 10
    "raw = '''", // 11
    "a = '' b", // 12
    "'''", // 13
    'after.dotted."with space" = 1', // 14
    '[ one . "two.three" ]', // 15
    'table = { a = { b = 2 }, c = [1, 2] }', // 16
    '[[many]]', // 17
    'x = 1979-05-27 07:32:00', // 18
    'y = 2', // 19
  ].join('\r\n');
  expect(find(text)).toEqual({
    top: 2,
    one: 3,
    'one.list': 4,
    'one.list.inner': 6,
    'one.list.other': 6,
    'one.long': 8,
    'one.raw': 11,
    'one.after': 14,
    'one.after.dotted': 14,
    'one.after.dotted."with space"': 14,
    'one."two.three"': 15,
    'one."two.three".table': 16,
    'one."two.three".table.a': 16,
    'one."two.three".table.a.b': 16,
    'one."two.three".table.c': 16,
    many: 17,
    'many.x': 18,
    'many.y': 19,
  });
});

test('paths of keys go there and back', () => {
  for (const parts of [['a'], ['models', 'Sepal.Length', 'x y'], ['quo"te', '', "it's", 'a\\b']])
    expect(fromKeyPath(toKeyPath(parts))).toEqual(parts);
});
