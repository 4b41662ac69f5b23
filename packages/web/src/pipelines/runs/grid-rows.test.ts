import { expect, test } from 'vitest';
import { toGridRows } from './grid-rows.ts';
import { hasEnded, toRunMs, type RunDetail, type StepState } from './run.ts';

const run = (steps: Readonly<Record<string, StepState>>) =>
  ({
    steps: Object.entries(steps).map(([id, state]) => ({ id, name: id.toUpperCase(), state })),
  }) as unknown as RunDetail;

test('steps by run stand in the order of the newest run', () => {
  expect(
    toGridRows([
      run({ load: 'succeeded', sum: 'running' }),
      run({ old: 'succeeded', load: 'failed' }),
    ]),
  ).toEqual([
    { id: 'load', name: 'LOAD', states: ['succeeded', 'failed'] },
    { id: 'sum', name: 'SUM', states: ['running', undefined] },
    { id: 'old', name: 'OLD', states: [undefined, 'succeeded'] },
  ]);
});

test('a run lasts until now while it goes on', () => {
  const startedAt = '2026-11-20T12:00:00.000Z';
  const now = Date.parse(startedAt) + 5000;
  expect(toRunMs({ startedAt: null, endedAt: null }, now)).toBeNull();
  expect(toRunMs({ startedAt, endedAt: null }, now)).toBe(5000);
  expect(toRunMs({ startedAt, endedAt: '2026-11-20T12:00:01.500Z' }, now)).toBe(1500);
  expect(hasEnded({ state: 'waiting' })).toBe(false);
  expect(hasEnded({ state: 'cancelled' })).toBe(true);
});
