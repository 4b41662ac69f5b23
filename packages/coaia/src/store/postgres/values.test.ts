import { expect, test } from 'vitest';
import { toTraceRow } from '../testing/sample-rows.ts';
import { toNumbered } from './placeholders.ts';
import { toRowsParameter } from './upsert.ts';
import { toParameters, toSafeJson } from './values.ts';

test('placeholders are numbered outside of quotes only', () => {
  expect(toNumbered('a = ? AND b = ?')).toBe('a = $1 AND b = $2');
  expect(toNumbered(`a = '?' AND "b?" = ? AND c = 'it''s ?' AND d = ?`)).toBe(
    `a = '?' AND "b?" = $1 AND c = 'it''s ?' AND d = $2`,
  );
  expect(toNumbered('SELECT 1')).toBe('SELECT 1');
});

test('parameters are what Postgres can hold', () => {
  expect(toParameters(['a\0b', true, false, undefined, null, 1.5])).toEqual([
    'a�b',
    1,
    0,
    null,
    null,
    1.5,
  ]);
});

test('JSON loses only the escapes that Postgres refuses', () => {
  const cases: readonly (readonly [unknown, unknown])[] = [
    ['a\0b', 'a�b'],
    ['\ud800', '�'],
    ['tail \udc00', 'tail �'],
    ['😀', '😀'],
    ['\\u0000 written out', '\\u0000 written out'],
    ['two \\\\u0000', 'two \\\\u0000'],
    [{ 'k\0': ['\0', { '\udfff': '\0' }] }, { 'k�': ['�', { '�': '�' }] }],
  ];
  for (const [value, expected] of cases) {
    expect(JSON.parse(toSafeJson(JSON.stringify(value)))).toEqual(expected);
  }
  expect(JSON.parse(toSafeJson('{"a":"\\ud83d\\ude00 \\u0000"}'))).toEqual({ a: '😀 �' });
});

test('rows without hostile texts are passed on as they are', () => {
  const rows = [toTraceRow({ name: 'plain ü', metadata: '{"a":1}' })];
  expect(toRowsParameter('traces', rows)).toBe(JSON.stringify(rows));
});
