import { expect, test } from 'vitest';
import { toAbsolute, toRelative, toUntil } from './time.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const ago = (ms: number) => new Date(now - ms).toISOString();

test.each([
  [2000, 'now'],
  [42_000, '42 s ago'],
  [5 * 60_000, '5 min ago'],
  [3 * 3_600_000, '3 h ago'],
  [2 * 86_400_000, '2 d ago'],
])('%s ms ago is told as %s', (ms, text) => {
  expect(toRelative(ago(ms), now)).toBe(text);
});

test('old and future times are dates, the year only when it is another', () => {
  expect(toRelative('2026-03-04T10:00:00.000Z', now)).toBe('4 Mar');
  expect(toRelative('2025-03-04T10:00:00.000Z', now)).toBe('4 Mar 2025');
  expect(toRelative('2027-01-02T10:00:00.000Z', now)).toBe('2 Jan 2027');
});

test('absolute times carry their zone', () => {
  expect(toAbsolute('2026-11-20T12:00:00.000Z', true)).toBe('2026-11-20 12:00:00.000Z');
  expect(toAbsolute('2026-11-20T12:00:00.000Z', false)).toMatch(
    /^2026-11-\d\d \d\d:\d\d:00\.000 [+-]\d\d:\d\d$/,
  );
  expect(toAbsolute('no time', false)).toBe('no time');
});

test.each([
  [-2000, 'now'],
  [41_500, 'in 42 s'],
  [5 * 60_000, 'in 5 min'],
  [3 * 3_600_000, 'in 3 h'],
  [2 * 86_400_000, 'in 2 d'],
  [40 * 86_400_000, '30 Dec'],
])('%s ms ahead is told as %s', (ms, text) => {
  expect(toUntil(new Date(now + ms).toISOString(), now)).toBe(text);
});
