import { expect, test } from 'vitest';
import { parsePriceLines, toPriceLines, toPricePerMillion } from './prices.ts';

test('lines of prices are read as they are written', () => {
  const prices = { input: 0.000_000_15, output: 0.000_000_6, cached_input: 0 };
  expect(toPriceLines(prices)).toBe('input 0.15\noutput 0.6\ncached_input 0');
  expect(parsePriceLines(toPriceLines(prices))).toEqual({ prices });
  expect(parsePriceLines(' input: $2.50\n\noutput=10 ')).toEqual({
    prices: { input: 0.000_002_5, output: 0.000_01 },
  });
});

test('the first line that is no price is named', () => {
  expect(parsePriceLines('input 1\noutput much')).toEqual({ wrong: 'output much' });
  expect(parsePriceLines('input -1')).toEqual({ wrong: 'input -1' });
});

test('an absent price stays absent', () => {
  expect(toPricePerMillion(undefined)).toBeNull();
  expect(toPricePerMillion(0)).toBe('0');
  expect(toPricePerMillion(0.000_000_075)).toBe('0.075');
});
