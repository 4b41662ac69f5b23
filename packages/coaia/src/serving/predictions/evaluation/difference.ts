/** Candidate minus baseline, example by example: how much, how sure, and how many examples it takes to know. */
import { toBootstrap, toMean, toNormalQuantile } from '#curation';
import type { Estimate } from '@coaia/client';
import { toTangoInterval } from './tango.ts';

/** Below this many a bootstrap's interval is too short to go by. */
export const LEAST_EXAMPLES = 30;

/** An interval of 95 % that ends below the margin four times out of five when the versions are equally good. */
const POWER = (toNormalQuantile(0.975) + toNormalQuantile(0.8)) ** 2;

/** The mean with its 95 % interval: Tango's for errors (0 or 1), otherwise the BCa bootstrap. Null without pairs. */
export function toDifference(differences: readonly number[], metric: string): Estimate | null {
  const count = differences.length;
  if (count === 0) return null;
  const interval =
    metric === 'error_rate'
      ? toTangoInterval(countOf(differences, 1), countOf(differences, -1), count)
      : toBootstrap(differences)?.interval;
  return {
    value: toMean(differences),
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    count,
  };
}

const countOf = (values: readonly number[], wanted: number) =>
  values.filter((value) => value === wanted).length;

/**
 * Examples in all: (z of 0.975 + z of 0.8)² s² / margin², s the standard deviation of the differences. Of errors
 * s² is the share of examples on which one alone is wrong, one such example added, so that none is not nought.
 */
export function toNeeded(
  differences: readonly number[],
  metric: string,
  margin: number,
): number | null {
  const count = differences.length;
  if (count < 2) return null;
  const mean = toMean(differences);
  const variance =
    metric === 'error_rate'
      ? (differences.filter((one) => one !== 0).length + 1) / (count + 1)
      : differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (count - 1);
  return Math.max(LEAST_EXAMPLES, Math.ceil((POWER * variance) / margin ** 2));
}
