import { expect, test } from 'vitest';
import { parseEdit, toBlockText, toCellText, toEditText, toValueForm } from './value-text.ts';

test('a text stays a text, also one that looks like JSON', () => {
  expect(toValueForm('{"a":1}')).toBe('text');
  expect(toEditText('{"a":1}', 'text')).toBe('{"a":1}');
  expect(parseEdit('{"a":1}', 'text')).toEqual({ ok: true, value: '{"a":1}' });
});

test('anything else is edited as JSON and comes back the same', () => {
  for (const value of [{ a: [1] }, 4, false, [null]]) {
    expect(toValueForm(value)).toBe('json');
    expect(parseEdit(toEditText(value, 'json'), 'json')).toMatchObject({ value });
  }
});

test('an empty text is null, a broken one says where', () => {
  expect(parseEdit(' \n', 'json')).toEqual({ ok: true, value: null });
  expect(parseEdit('{"a":}', 'json')).toMatchObject({ ok: false });
});

test('a cell has one line', () => {
  expect(toCellText({ a: 'x\ny' })).toBe(String.raw`{"a":"x\ny"}`);
  expect(toCellText('one\n  two')).toBe('one two');
  expect(toCellText(null)).toBe('');
});

test('a flat object is read line by line, a deep one as JSON', () => {
  expect(toBlockText({ question: 'Why?', nr: 2 })).toBe('question: Why?\nnr: 2');
  expect(toBlockText({ messages: [{ role: 'user' }] })).toBe('{"messages":[{"role":"user"}]}');
  expect(toBlockText('two\nlines')).toBe('two\nlines');
});
