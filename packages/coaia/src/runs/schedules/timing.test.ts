import { describe, expect, it } from 'vitest';
import { toJitter, toLatest, toNext } from './timing.ts';

const BERLIN = 'Europe/Berlin';
const cron = (text: string) => ({ cron: text, every_ms: null, at: null });

/** The next three due times after an instant. */
function listNext(text: string, timeZone: string, after: string): readonly string[] {
  const times: string[] = [];
  let last = Date.parse(after);
  for (let count = 0; count < 3; count++) {
    last = toNext(cron(text), { timeZone, after: last, anchor: 0 }) ?? Number.NaN;
    times.push(new Date(last).toISOString());
  }
  return times;
}

describe('due times', () => {
  it('follow the clock of their time zone, in winter and in summer', () => {
    expect(listNext('0 9 * * *', BERLIN, '2026-03-27T12:00:00Z')).toEqual([
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ]);
  });

  it('come once on the day on which their hour is left out', () => {
    const times = listNext('30 2 * * *', BERLIN, '2026-03-28T12:00:00Z');
    expect(times.map((time) => time.slice(0, 10))).toEqual([
      '2026-03-29',
      '2026-03-30',
      '2026-03-31',
    ]);
    expect(Date.parse(times[0] ?? '')).toBeGreaterThanOrEqual(Date.parse('2026-03-29T01:00:00Z'));
  });

  it('come once on the day on which their hour comes twice', () => {
    expect(listNext('30 2 * * *', BERLIN, '2026-10-24T12:00:00Z')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
      '2026-10-27T01:30:00.000Z',
    ]);
  });

  it('go on every fifteen minutes while the clock changes', () => {
    let after = Date.parse('2026-10-24T23:00:00Z');
    for (let count = 0; count < 16; count++) {
      const next = toNext(cron('*/15 * * * *'), { timeZone: BERLIN, after, anchor: 0 });
      expect(next).toBe(after + 15 * 60_000);
      after = next ?? 0;
    }
  });

  it('know days of the week, seconds and short names', () => {
    expect(listNext('0 8 * * MON', 'UTC', '2026-01-01T00:00:00Z')[0]).toBe(
      '2026-01-05T08:00:00.000Z',
    );
    expect(listNext('*/10 * * * * *', 'UTC', '2026-01-01T00:00:01Z')[0]).toBe(
      '2026-01-01T00:00:10.000Z',
    );
    expect(listNext('@daily', 'UTC', '2026-01-01T00:00:01Z')[0]).toBe('2026-01-02T00:00:00.000Z');
  });

  it('of intervals are counted from the beginning of the schedule', () => {
    const every = { cron: null, every_ms: 900_000, at: null };
    const place = { timeZone: 'UTC', anchor: 1000 };
    expect(toNext(every, { ...place, after: 1000 })).toBe(901_000);
    expect(toNext(every, { ...place, after: 901_000 })).toBe(1_801_000);
    expect(toLatest(every, 901_000, 9_000_000, place)).toBe(8_101_000);
  });

  it('of one time are there once', () => {
    const at = { cron: null, every_ms: null, at: 5000 };
    expect(toNext(at, { timeZone: 'UTC', after: 4000, anchor: 0 })).toBe(5000);
    expect(toNext(at, { timeZone: 'UTC', after: 5000, anchor: 0 })).toBeNull();
  });

  it('are moved by the same little for everybody', () => {
    const moves = Array.from({ length: 50 }, (_, due) => toJitter('s', due, 100));
    expect(moves).toEqual(Array.from({ length: 50 }, (_, due) => toJitter('s', due, 100)));
    expect(Math.max(...moves)).toBeLessThanOrEqual(100);
    expect(new Set(moves).size).toBeGreaterThan(20);
    expect(toJitter('s', 1, 0)).toBe(0);
  });
});
