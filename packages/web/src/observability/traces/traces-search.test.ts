import { expect, test } from 'vitest';
import { parseSearchText, toSearchText } from '../../lib/search-text.ts';
import { parseTracesSearch, toListScope, toRangeMs } from './traces-search.ts';

test('an address survives reading and writing, and stays readable', () => {
  const search = { q: 'level:ERROR name:"a b"', cols: 'time,name', range: '24h' };
  const text = toSearchText(search);
  expect(text).toBe('?q=level:ERROR+name:%22a+b%22&cols=time,name&range=24h');
  expect(parseTracesSearch(parseSearchText(text))).toEqual(search);
});

test('what is unknown or malformed is dropped', () => {
  expect(parseTracesSearch({ q: 7, range: 'forever', group: 'colour', peek: '', x: 'y' })).toEqual(
    {},
  );
});

test('a relative range wins over exact times', () => {
  const now = Date.parse('2026-11-20T12:00:00.000Z');
  expect(toRangeMs('15m')).toBe(900_000);
  expect(toListScope({ range: '1h', to: '2020-01-01T00:00:00.000Z' }, now)).toEqual({
    from: '2026-11-20T11:00:00.000Z',
  });
  expect(toListScope({ q: 'x', from: 'a', to: 'b' }, now)).toEqual({ q: 'x', from: 'a', to: 'b' });
});
