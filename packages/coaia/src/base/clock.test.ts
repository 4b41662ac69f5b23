import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTime, toIso } from './clock.ts';

const times = fc.integer({ min: Date.UTC(1, 0, 1) - 60_000_000_000_000, max: 253_402_300_799_999 });

describe('toIso', () => {
  it('writes what Date writes', () => {
    fc.assert(
      fc.property(times, (time) => {
        expect(toIso(time)).toBe(new Date(time).toISOString());
      }),
      { numRuns: 2000 },
    );
  });
  it('drops fractions of a millisecond as Date does', () => {
    for (const time of [1_795_222_545_379.086, 0.9, -0.5, -1.5]) {
      expect(toIso(time)).toBe(new Date(time).toISOString());
    }
  });
});

describe('parseTime', () => {
  it('reads back what toIso writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (time) => {
        expect(parseTime(toIso(time))).toBe(time);
      }),
    );
  });

  it.each([
    ['2026-01-02', Date.UTC(2026, 0, 2)],
    ['2026-01-02T03:04', Date.UTC(2026, 0, 2, 3, 4)],
    ['2026-01-02T03:04:05.123456789Z', Date.UTC(2026, 0, 2, 3, 4, 5, 123)],
    ['2026-01-02T03:04:05+02:00', Date.UTC(2026, 0, 2, 1, 4, 5)],
    ['2026-01-02 03:04:05', Date.UTC(2026, 0, 2, 3, 4, 5)],
  ])('reads %s', (text, time) => {
    expect(parseTime(text)).toBe(time);
  });

  it.each([
    '',
    'now',
    '2026',
    '2026-13-01',
    '2026-02-30',
    '+275760-09-13T00:00:00Z',
    '2026-01-02T25:00Z',
  ])('refuses %s', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });
});
