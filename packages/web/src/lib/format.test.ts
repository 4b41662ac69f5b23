import { expect, test } from 'vitest';
import { toBytes, toCost, toCount, toDuration, toOneLine, toText } from './format.ts';

test.each([
  [null, '–'],
  [0, '0 ms'],
  [0.42, '0.4 ms'],
  [842, '842 ms'],
  [999.7, '1.00 s'],
  [1240, '1.24 s'],
  [24_000, '24.0 s'],
  [59_996, '1 min'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
  [266_400_000, '3 d 2 h'],
])('duration %s is %s', (ms, text) => {
  expect(toText(toDuration(ms))).toBe(text);
});

test.each([
  [undefined, '–'],
  [0, '0'],
  [9999, '9,999'],
  [12_400, '12.4k'],
  [999_600, '1.00M'],
  [3_100_000, '3.10M'],
])('count %s is %s', (count, text) => {
  expect(toText(toCount(count))).toBe(text);
});

test.each([
  [null, '–'],
  [0, '$0'],
  [0.000_01, '<$0.0001'],
  [0.003_14, '$0.0031'],
  [0.5, '$0.5000'],
  [12.4, '$12.40'],
  [25_000, '$25.0k'],
])('cost %s is %s', (usd, text) => {
  expect(toText(toCost(usd))).toBe(text);
});

test('the exact value goes with it', () => {
  expect(toCost(0.003_142_7).exact).toBe('$0.0031427');
  expect(toDuration(1240.5).exact).toBe('1240.5 ms');
  expect(toCount(12_400).exact).toBe('12,400');
});

test('bytes, one line', () => {
  expect(toText(toBytes(812))).toBe('812 B');
  expect(toText(toBytes(24_100_000))).toBe('24.1 MB');
  expect(toOneLine('a\n  b', 10)).toBe('a b');
  expect(toOneLine('abcdef', 3)).toBe('abc…');
});
