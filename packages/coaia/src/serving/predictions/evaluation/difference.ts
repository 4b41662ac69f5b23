/** Candidate minus baseline, example by example: how much, how sure, and how many examples it takes to know. */
import { toBootstrap, toMean, toNormalQuantile } from '#curation';
import type { Estimate } from '@coaia/client';
import { toTangoInterval } from './tango.ts';

/** Below this many a bootstrap's interval is too short to go by. */
export const LEAST_EXAMPLES = 30;

/** Share of cases in which the interval ends below the margin when the versions are equally good. */
const POWER = 0.8;

/** What differences are measured against. */
export interface Rule {
  readonly metric: string;
  /** In units of the metric. */
  readonly margin: number;
  /** Of the intervals; 0.95 when absent. */
  readonly confidence?: number | undefined;
}

/** How much worse a version may be: errors of all answers, or a part of the champion's loss. */
const USUAL_MARGIN = { error_rate: 0.02, others: 0.05 } as const;

/** The margin in units of the metric; `loss` is the champion's mean. */
export function toMargin(metric: string, loss: number, wanted: number | undefined): number {
  if (metric === 'error_rate') return wanted ?? USUAL_MARGIN.error_rate;
  return Math.max(Number.EPSILON, (wanted ?? USUAL_MARGIN.others) * Math.abs(loss));
}

/** The mean with its interval: Tango's for errors (0 or 1), otherwise the BCa bootstrap. Null without pairs. */
export function toDifference(
  differences: readonly number[],
  { metric, confidence }: Omit<Rule, 'margin'>,
): Estimate | null {
  const count = differences.length;
  if (count === 0) return null;
  const interval =
    metric === 'error_rate'
      ? toTangoInterval(countOf(differences, 1), countOf(differences, -1), count, confidence)
      : toBootstrap(differences, undefined, undefined, confidence)?.interval;
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
 * Examples in all: (z of the interval + z of 0.8)² s² / margin², s the standard deviation of the differences. Of errors
 * s² is the share of examples on which one alone is wrong, one such example added, so that none is not nought.
 */
export function toNeeded(
  differences: readonly number[],
  { metric, margin, confidence = 0.95 }: Rule,
): number | null {
  const count = differences.length;
  if (count < 2) return null;
  const mean = toMean(differences);
  const variance =
    metric === 'error_rate'
      ? (differences.filter((one) => one !== 0).length + 1) / (count + 1)
      : differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (count - 1);
  const z = toNormalQuantile((1 + confidence) / 2) + toNormalQuantile(POWER);
  return Math.max(LEAST_EXAMPLES, Math.ceil((z ** 2 * variance) / margin ** 2));
}
