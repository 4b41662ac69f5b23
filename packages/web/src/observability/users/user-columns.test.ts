import { expect, test } from 'vitest';
import { toShare } from './user-columns.tsx';

test.each([
  [0, 12, '0'],
  [1, 48, '2.1'],
  [1, 4000, '<0.1'],
  [99, 100, '99'],
  [0, 0, '0'],
])('%i errors in %i traces are %s %%', (errors, traces, value) => {
  expect(toShare(errors, traces)).toMatchObject({ value, unit: '%' });
});
