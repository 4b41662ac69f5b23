import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonError } from './json-position.ts';

test.each<[string, number]>([
  ['', 0],
  ['{"a": 1,}', 8],
  ['{"a" 1}', 5],
  ['[1 2]', 3],
  ['{"a": tru}', 6],
  ['{"a": 01}', 6],
  ['{a: 1}', 1],
  ['[1]]', 3],
  ['{"a": "b\n"}', 6],
  ['"x', 0],
  ['{"a": [1, {"b": }]}', 16],
  ['[', 1],
  ['{]', 1],
  [',', 0],
])('%j goes wrong at %d', (text, position) => expect(findJsonError(text)).toBe(position));

test('agrees with JSON.parse on valid texts and on damaged ones', () => {
  const damaged = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', '[', 'x', ' '))
    .map(([text, at, sign]) => {
      const index = at % (text.length + 1);
      return text.slice(0, index) + sign + text.slice(index + 1);
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), damaged), (text) => {
      let isValid = true;
      try {
        JSON.parse(text);
      } catch {
        isValid = false;
      }
      expect(findJsonError(text) === undefined).toBe(isValid);
    }),
    { numRuns: 2000 },
  );
});

test('deep nesting needs no stack', () => {
  expect(findJsonError('['.repeat(200_000))).toBe(200_000);
});
