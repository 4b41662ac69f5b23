/** How much a field changed, in a number that has a unit and an interval. */
import { toNormalQuantile, toWilsonInterval } from '#curation';
import type { DriftChange, Interval } from '@coaia/client';
import { sumOf, type Part } from './parts.ts';

const Z = toNormalQuantile(0.975);

/**
 * Numbers: the chance that a value of the window is larger than one of the reference, ties by half (Mann and Whitney
 * 1947); 0.5 is no shift. Null where one side is empty.
 */
export function toPositionChange(parts: readonly Part[]): DriftChange | null {
  const [n, m] = [sumOf(parts, 'live'), sumOf(parts, 'reference')];
  if (n === 0 || m === 0) return null;
  let [below, pairs] = [0, 0];
  for (const { live, reference } of parts) {
    pairs += live * (below + reference / 2);
    below += reference;
  }
  const value = pairs / (n * m);
  const interval = toRankInterval(value, n, m);
  return { what: 'position', value, ...interval, count: n };
}

/**
 * 95 % interval of the chance that one of `n` is larger than one of `m`, as an area under a curve is, too: Newcombe's
 * fifth (2006), which is inside 0 and 1 and not empty at the ends.
 */
export function toRankInterval(value: number, n: number, m: number): Interval {
  const half = (n + m) / 2 - 1;
  const toVariance = (at: number) =>
    (at * (1 - at) * (1 + half * ((1 - at) / (2 - at) + at / (1 + at)))) / (n * m);
  const isInside = (at: number) => (value - at) ** 2 <= Z * Z * toVariance(at);
  return { low: toEnd(isInside, value, 0), high: toEnd(isInside, value, 1) };
}

/** The end of the interval between `from`, which is inside, and `to`. */
function toEnd(isInside: (at: number) => boolean, from: number, to: number): number {
  let [inside, outside] = [from, to];
  for (let step = 0; step < 50; step++) {
    const middle = (inside + outside) / 2;
    if (isInside(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/**
 * Categories: share in the window minus share in the reference of the level where that is largest, with Newcombe's
 * interval of two shares (1998, method 10). Null where one side is empty.
 */
export function toShareChange(parts: readonly Part[]): DriftChange | null {
  const [n, m] = [sumOf(parts, 'live'), sumOf(parts, 'reference')];
  if (n === 0 || m === 0) return null;
  const toDifference = ({ live, reference }: Part) => live / n - reference / m;
  const most = parts.reduce((best, one) =>
    Math.abs(toDifference(one)) > Math.abs(toDifference(best)) ? one : best,
  );
  const value = toDifference(most);
  const [now, then] = [toWilsonInterval(most.live, n), toWilsonInterval(most.reference, m)];
  if (now === null || then === null)
    return { what: most.part, value, low: null, high: null, count: n };
  const [p, q] = [most.live / n, most.reference / m];
  return {
    what: most.part,
    value,
    low: value - Math.hypot(p - now.low, then.high - q),
    high: value + Math.hypot(now.high - p, q - then.low),
    count: n,
  };
}
