/**
 * The paired bootstrap of a mean difference: items are drawn again with replacement, both runs' values of an item
 * together, so that hard items are hard for both. The interval is BCa, bias-corrected and accelerated: Efron 1987,
 * "Better bootstrap confidence intervals"; Efron and Tibshirani 1993, equations 14.9 to 14.15.
 */
import type { Interval } from '@coaia/client';
import { toNormalQuantile, toNormalShare, toQuantile } from './distributions.ts';
import { CONFIDENCE, toMean } from './intervals.ts';
import { createSeeded } from './seeded.ts';

/** The same numbers give the same interval, always. */
export const SEED = 20_260_101;

const MOST_RESAMPLES = 10_000;
const LEAST_RESAMPLES = 2000;
const MOST_DRAWS = 10_000_000;

export interface BootstrapResult {
  readonly interval: Interval;
  readonly resamples: number;
}

/** 10,000 resamples up to 1,000 pairs; then fewer, never below 2,000. */
export function toResamples(pairs: number): number {
  return Math.max(
    LEAST_RESAMPLES,
    Math.min(MOST_RESAMPLES, Math.floor(MOST_DRAWS / Math.max(1, pairs))),
  );
}

/** The interval of the mean of `differences`, 95 % unless said; null below two. Differences that are all one value give that value. */
export function toBootstrap(
  differences: readonly number[],
  resamples = toResamples(differences.length),
  seed = SEED,
  confidence = CONFIDENCE,
): BootstrapResult | null {
  const [first] = differences;
  if (first === undefined || differences.length < 2) return null;
  if (differences.every((value) => value === first))
    return { interval: { low: first, high: first }, resamples };
  const means = toResampledMeans(Float64Array.from(differences), resamples, seed);
  const mean = toMean(differences);
  const bias = toNormalQuantile(toShareBelow(means, mean));
  const acceleration = toAcceleration(differences, mean);
  const end = (share: number) => {
    const z = bias + toNormalQuantile(share);
    const place = toNormalShare(bias + z / (1 - acceleration * z));
    return toQuantile(means, place);
  };
  return {
    interval: { low: end((1 - confidence) / 2), high: end((1 + confidence) / 2) },
    resamples,
  };
}

function toResampledMeans(values: Float64Array, resamples: number, seed: number): Float64Array {
  const random = createSeeded(seed);
  const n = values.length;
  const means = new Float64Array(resamples);
  for (let round = 0; round < resamples; round++) {
    let sum = 0;
    for (let draw = 0; draw < n; draw++) sum += values[Math.floor(random() * n)] ?? 0;
    means[round] = sum / n;
  }
  return means.toSorted();
}

/** Share of resampled means below the observed one; equal ones count by half. Kept away from 0 and 1, which have no z. */
function toShareBelow(means: Float64Array, mean: number): number {
  const close = Math.abs(mean) * 1e-12 + 1e-15;
  let below = 0;
  for (const value of means) {
    if (value < mean - close) below += 1;
    else if (value <= mean + close) below += 0.5;
  }
  const least = 0.5 / means.length;
  return Math.min(1 - least, Math.max(least, below / means.length));
}

/** From the jackknife; for a mean the left-out values differ by (x - mean) / (n - 1), so its third moment serves. */
function toAcceleration(values: readonly number[], mean: number): number {
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (value - mean) ** 2;
    cubes += (value - mean) ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}
