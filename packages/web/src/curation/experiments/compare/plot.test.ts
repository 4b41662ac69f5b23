import { expect, test } from 'vitest';
import { findFrontier, toScale } from './plot.ts';

test('a scale has round ticks around its values', () => {
  const { ticks, toShare, low, high } = toScale([0, 1]);
  expect(ticks).toEqual([-0.5, 0, 0.5, 1, 1.5]);
  expect([toShare(low), toShare(high)]).toEqual([0, 1]);
  expect(toScale([812, 1430]).ticks).toEqual([600, 800, 1000, 1200, 1400, 1600]);
});

test('one value alone has a scale too', () => {
  expect(toScale([3]).ticks.length).toBeGreaterThan(1);
  expect(Number.isFinite(toScale([0]).toShare(0))).toBe(true);
});

test('the frontier keeps what nothing beats in both', () => {
  const runs = [
    { id: 'cheap', cost: 1, quality: 0.5 },
    { id: 'good', cost: 3, quality: 0.9 },
    { id: 'worse', cost: 3, quality: 0.8 },
    { id: 'same', cost: 1, quality: 0.5 },
  ];
  expect([...findFrontier(runs)].toSorted()).toEqual(['cheap', 'good', 'same']);
});
