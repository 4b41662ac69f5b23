import { expect, test } from 'vitest';
import { parseTimeArgument, toTlid } from './time-argument.ts';

const now = Date.parse('2026-03-01T10:00:00.000Z');
const parse = (text: string, zone?: string) => parseTimeArgument(text, { now, zone });

test.each([
  ['251216143022', '2025-12-16T14:30:22Z'],
  ['2512161430', '2025-12-16T14:30:00Z'],
  ['2026-03-01T12:00:00+02:00', '2026-03-01T12:00:00+02:00'],
  ['2026-03-01T12:00:00.123456Z', '2026-03-01T12:00:00.123456Z'],
  ['2026-03-01T12:00', '2026-03-01T12:00:00Z'],
  ['2026-03-01', '2026-03-01T00:00:00Z'],
  ['now', '2026-03-01T10:00:00.000Z'],
  ['-5m', '2026-03-01T09:55:00.000Z'],
  ['-1h30m', '2026-03-01T08:30:00.000Z'],
  ['+1.5s', '2026-03-01T10:00:01.500Z'],
  ['-2d', '2026-02-27T10:00:00.000Z'],
  ['1700000000123', '2023-11-14T22:13:20.123Z'],
  ['@1700000000', '2023-11-14T22:13:20.000Z'],
  ['@1700000000.5', '2023-11-14T22:13:20.500Z'],
])('%s is %s', (text, iso) => {
  expect(parse(text)).toBe(iso);
});

test.each([
  ['251216143022', 'Europe/Paris', '2025-12-16T13:30:22Z'],
  ['250716143022', 'Europe/Paris', '2025-07-16T12:30:22Z'],
  ['2512161430', '-03:30', '2025-12-16T18:00:00Z'],
  ['2026-03-01T12:00', 'Asia/Tokyo', '2026-03-01T03:00:00Z'],
  ['2026-03-01T12:00:00Z', 'Asia/Tokyo', '2026-03-01T12:00:00Z'],
])('%s in %s is %s', (text, zone, iso) => {
  expect(parse(text, zone)).toBe(iso);
});

test.each([
  '259916143022',
  '250230000000',
  '251216243022',
  '2026-02-30T00:00:00Z',
  '2026-02-30',
  'yesterday',
  '',
  '12',
  '-5',
  '-5x',
  '@',
  '@x',
  '12345678901234567890',
  '2026-03-01T25:00:00Z',
  'T',
  'Z',
])('%j is refused', (text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'COAIA-1060' }));
});

test('an unknown zone is refused', () => {
  expect(() => parse('now', 'Mars/Olympus')).toThrow('Mars/Olympus');
});

test('TLIDs are read back as they were printed', () => {
  for (const zone of ['UTC', 'Europe/Paris', '+05:45', 'America/St_Johns']) {
    for (const time of [now, now + 86_400_000 * 150 + 12_345_000]) {
      expect(Date.parse(parse(toTlid(time, zone), zone))).toBe(time);
    }
  }
});
