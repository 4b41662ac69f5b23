/** Mean and its 95 % interval for the values of one run. */
import type { Interval } from '@coaia/client';
import { toNormalQuantile, toStudentQuantile } from './distributions.ts';

/** Chance with which an interval holds the true value. */
export const CONFIDENCE = 0.95;

export function toMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Student's t: mean ± t · s / √n, n - 1 degrees of freedom. Null below two values. */
export function toStudentInterval(values: readonly number[]): Interval | null {
  const n = values.length;
  if (n < 2) return null;
  const mean = toMean(values);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = toStudentQuantile(CONFIDENCE, n - 1) * Math.sqrt(variance / n);
  return { low: mean - half, high: mean + half };
}

/** Wilson's score interval (1927) for a share, `hits` of `n`. Null below two. */
export function toWilsonInterval(hits: number, n: number): Interval | null {
  if (n < 2) return null;
  const z = toNormalQuantile((1 + CONFIDENCE) / 2);
  const share = hits / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  // The ends of no hits and of hits alone are exact; computed, they are off by a rounding.
  return { low: hits === 0 ? 0 : centre - half, high: hits === n ? 1 : centre + half };
}
