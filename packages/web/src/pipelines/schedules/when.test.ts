import { expect, test } from 'vitest';
import { toWhen } from './when.ts';

const cron = (text: string) => toWhen({ cron: text, every: null, at: null });

test.each([
  ['0 6 * * *', 'every day at 6:00'],
  ['30 6 * * 1-5', 'on working days at 6:30'],
  ['5 4 * * 7', 'every Sunday at 4:05'],
  ['0 0 1 * *', 'on day 1 of each month at 0:00'],
  ['*/15 * * * *', 'every 15 minutes'],
  ['7 * * * *', 'every hour, 7 min past'],
  ['0 6,18 * * *', '0 6,18 * * *'],
  ['0 6 * 2 *', '0 6 * 2 *'],
  ['0 0 6 * * *', '0 0 6 * * *'],
])('%s is told as %s', (text, words) => {
  expect(cron(text)).toBe(words);
});

test('other forms are told as they are', () => {
  expect(toWhen({ cron: null, every: '15m', at: null })).toBe('every 15m');
  expect(toWhen({ cron: null, every: null, at: '2026-12-01T06:00:00.000Z' })).toBe(
    'once, 2026-12-01 06:00',
  );
});
