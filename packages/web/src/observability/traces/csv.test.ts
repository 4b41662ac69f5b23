import { expect, test } from 'vitest';
import { toCsv, toCsvCell } from './csv.ts';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+cmd', "'+cmd"],
  ['-cmd', "'-cmd"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  [-1.5, '-1.5'],
  ['-1.5', '-1.5'],
  [null, ''],
  [['a', 'b'], '"[""a"",""b""]"'],
])('%j becomes %s', (value, cell) => {
  expect(toCsvCell(value)).toBe(cell);
});

test('a table has a head and ends its lines with CRLF', () => {
  expect(toCsv(['a', 'b'], [[1, '=x']])).toBe("a,b\r\n1,'=x\r\n");
});
