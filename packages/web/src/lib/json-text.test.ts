import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJsonText, toJsonText } from './json-text.ts';

test('reads what the editor wrote', () => {
  const value = { model: 'gpt-4o', stop: ['a', null], temperature: 0.2 };
  expect(parseJsonText(toJsonText(value))).toEqual({ ok: true, value });
});

test('an empty text is no value, not a fault', () => {
  expect(parseJsonText(' \n')).toEqual({ ok: true, value: undefined });
  expect(toJsonText(undefined)).toBe('');
});

test('says the line and column of the fault', () => {
  const reading = parseJsonText('{\n  "a": 1,\n  "b": x\n}');
  expect(reading).toMatchObject({
    ok: false,
    message: expect.stringContaining('line 3, column 8'),
  });
});

test('a text that stops too early is a fault at its end', () => {
  const reading = parseJsonText('{"a": [1, 2');
  expect(reading.ok).toBe(false);
  expect(!reading.ok && reading.offset).toBe(11);
});

test.each([
  ['{"a" 1}', 5],
  ['[1,,2]', 3],
  ['[1, 2,]', 6],
  ['{"a": 1,}', 8],
  ['{a: 1}', 1],
  ['"open', 0],
  ['[01]', 1],
  ['{} x', 3],
  ['[}', 1],
  ['truex', 0],
])('%s is refused at its character %i', (text, offset) => {
  expect(parseJsonText(text)).toMatchObject({ ok: false, offset });
});

test('a text cut anywhere is refused at its end or where a value was cut', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, seed) => {
      const cut = text.slice(0, seed % (text.length + 1));
      const reading = parseJsonText(cut);
      if (reading.ok) return;
      expect(reading.offset).toBeLessThanOrEqual(cut.length);
      // What stands before the fault is the start of the whole text, so it is never the culprit.
      expect(text.startsWith(cut.slice(0, reading.offset))).toBe(true);
    }),
  );
});
