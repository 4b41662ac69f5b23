import { expect, test } from 'vitest';
import { findDelay, isRetryableStatus, parseRetryAfter } from './retry.ts';

test('Retry-After is read as seconds and as a date', () => {
  const now = Date.parse('2026-03-01T10:00:00Z');
  expect(parseRetryAfter('7', now)).toBe(7000);
  expect(parseRetryAfter('Sun, 01 Mar 2026 10:00:30 GMT', now)).toBe(30_000);
  expect(parseRetryAfter('Sun, 01 Mar 2026 09:00:00 GMT', now)).toBe(0);
  expect(parseRetryAfter('soon', now)).toBeUndefined();
  expect(parseRetryAfter(null, now)).toBeUndefined();
});

test('delays double, stay between half and all of the step, and stop growing', () => {
  expect(findDelay(0, undefined, () => 0)).toBe(125);
  expect(findDelay(0, undefined, () => 1)).toBe(250);
  expect(findDelay(2, undefined, () => 1)).toBe(1000);
  expect(findDelay(30, undefined, () => 1)).toBe(8000);
});

test('a server that asks for minutes is not waited for', () => {
  expect(findDelay(0, 59_000, () => 1)).toBe(59_000);
  expect(findDelay(0, 61_000, () => 1)).toBeUndefined();
});

test('only answers that may pass are asked again', () => {
  expect([408, 429, 500, 502, 503, 504].every(isRetryableStatus)).toBe(true);
  expect([400, 401, 404, 409, 413, 501, 507].some(isRetryableStatus)).toBe(false);
});
