import { expect, test } from 'vitest';
import { findSuggestions } from './suggest.ts';

const seen = {
  name: [
    { value: 'rag/search', count: 12 },
    { value: 'two words', count: 3 },
  ],
};

test('keys while a key is typed', () => {
  const [first] = findSuggestions('lat', 3, {});
  expect(first).toMatchObject({ label: 'latency', text: 'latency:', caret: 8 });
});

test('a negated key keeps its sign', () => {
  expect(findSuggestions('-nam', 4, {})[0]).toMatchObject({ text: '-name:', caret: 6 });
});

test('values after the colon, quoted where needed, with a space to go on', () => {
  const offers = findSuggestions('level:ERROR name:', 17, seen);
  expect(offers.map((offer) => offer.text)).toEqual([
    'level:ERROR name:rag/search ',
    'level:ERROR name:"two words" ',
  ]);
  expect(offers[0]?.detail).toBe('12');
});

test('a value in the middle of the text is replaced whole', () => {
  const offers = findSuggestions('name:ra level:ERROR', 7, seen);
  expect(offers[0]?.text).toBe('name:rag/search level:ERROR');
});

test('fixed values of an enum and examples for numbers', () => {
  expect(findSuggestions('level:', 6, {}).map((offer) => offer.label)).toEqual([
    'ERROR',
    'WARNING',
    'DEFAULT',
  ]);
  expect(findSuggestions('latency:', 8, {})[0]?.text).toBe('latency:>1s ');
});
