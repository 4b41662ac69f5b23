import { expect, test } from 'vitest';
import { toFirstMapping, toItems } from './mapping.ts';
import { findTableForm, parseTable } from './parse-table.ts';

test('CSV has quotes, commas and lines inside cells', () => {
  const table = parseTable('nr,question,"the ""answer"""\r\n1,"a, b\nc",42\r\n', 'csv');
  expect(table).toEqual({
    columns: ['nr', 'question', 'the "answer"'],
    rows: [{ nr: '1', question: 'a, b\nc', 'the "answer"': '42' }],
  });
});

test('what cannot be read names its row', () => {
  expect(() => parseTable('a,b\n1\n', 'csv')).toThrow('Row 1 has 1 cells where the head has 2.');
  expect(() => parseTable('a,a\n', 'csv')).toThrow('The column a is there twice.');
  expect(() => parseTable('{"a":1}\n{oops\n', 'jsonl')).toThrow('Line 2 is no JSON');
  expect(() => parseTable('[1]', 'jsonl')).toThrow('Entry 1 is no JSON object.');
});

test('the form follows the name, else the text', () => {
  expect(findTableForm('x.CSV', '{}')).toBe('csv');
  expect(findTableForm('', ' [{"a":1}]')).toBe('jsonl');
  expect(findTableForm('', 'a,b')).toBe('csv');
});

test('columns are found by the usual names and can be given other roles', () => {
  const table = parseTable('Question,answer,lang,level\nq,4,fr,2\n', 'csv');
  const mapping = toFirstMapping(table.columns);
  expect(mapping).toEqual({
    Question: 'input',
    answer: 'expectedOutput',
    lang: 'none',
    level: 'none',
  });
  expect(toItems(table, { ...mapping, lang: 'metadata' }, false)).toEqual([
    { input: 'q', expectedOutput: '4', metadata: { lang: 'fr' } },
  ]);
  expect(toItems(table, { ...mapping, lang: 'input' }, true)).toEqual([
    { input: { Question: 'q', lang: 'fr' }, expectedOutput: 4 },
  ]);
});

test('exported lines come back as they were', () => {
  const line = { id: 'i1', input: { q: 1 }, expectedOutput: null, metadata: { k: [1] } };
  const table = parseTable(JSON.stringify(line), 'jsonl');
  expect(toItems(table, toFirstMapping(table.columns), false)).toEqual([line]);
});
