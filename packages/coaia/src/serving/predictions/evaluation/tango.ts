/** The difference of two shares that were observed on the same examples. */
import { toNormalQuantile } from '#curation';
import type { Interval } from '@coaia/client';

/**
 * Tango's score interval (1998), 95 % unless said: of `n` examples `onlyFirst` have the event with the first version alone,
 * `onlySecond` with the second alone; the difference is (onlyFirst - onlySecond) / n. It holds its level with few
 * examples and where the versions never differ, which a bootstrap does not.
 */
export function toTangoInterval(
  onlyFirst: number,
  onlySecond: number,
  n: number,
  confidence = 0.95,
): Interval {
  const z = toNormalQuantile((1 + confidence) / 2);
  const value = (onlyFirst - onlySecond) / n;
  const isInside = (at: number) => Math.abs(toScore(onlyFirst, onlySecond, n, at)) <= z;
  const toEnd = (to: number) => {
    let [inside, outside] = [value, to];
    for (let step = 0; step < 60; step++) {
      const middle = (inside + outside) / 2;
      if (isInside(middle)) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return { low: toEnd(-1), high: toEnd(1) };
}

/** The difference minus `at` in standard errors, which are those of the likeliest shares with a difference of `at`. */
function toScore(first: number, second: number, n: number, at: number): number {
  const a = 2 * n;
  const b = -first - second + (2 * n - first + second) * at;
  const c = -second * at * (1 - at);
  const share = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
  const far = first - second - n * at;
  const variance = n * (2 * share + at * (1 - at));
  return variance > 0 ? far / Math.sqrt(variance) : far === 0 ? 0 : Number.POSITIVE_INFINITY;
}
