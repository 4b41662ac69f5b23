/** Bins of predicted chances, how far they are from what happened, and how sure that is. */
import { createSeeded, toMean, toNormalQuantile } from '#curation';
import type { CalibrationBin, Interval } from '@coaia/client';
import { toShare } from '../shadow/shadow-report.ts';

/** A chance that was predicted, and whether it happened. */
export interface Chance {
  readonly chance: number;
  readonly hasHappened: boolean;
}

const BINS = 10;
/** With more than this share of all in one of ten equal widths, bins are of equal counts. */
const SKEWED = 0.5;
const SEED = 20_260_104;
const MOST_DRAWS = 10_000_000;
const MOST_ROUNDS = 1000;
/** Standard deviations from 0 at which the sign of a gap counts as known: one time in 200 by chance. */
const SURE = 2.8;
/** Draws of the noise of all bins from which the interval is read. */
const NOISE_ROUNDS = 2000;

export interface BinnedChances {
  readonly binning: 'width' | 'count';
  readonly bins: readonly CalibrationBin[];
  /** The bin of each chance, by its place in `bins`. */
  readonly places: readonly number[];
}

/** Ten bins of equal width, or of about equal count where the chances are skewed; equal chances stay together. */
export function toBinned(chances: readonly Chance[]): BinnedChances {
  const values = chances.map(({ chance }) => chance);
  const even = Array.from({ length: BINS + 1 }, (_, index) => index / BINS);
  const counts = countIn(values, even);
  const isSkewed = Math.max(...counts) > SKEWED * values.length;
  const edges = isSkewed ? toQuantileEdges(values) : even;
  const binOf = values.map((value) => findBin(edges, value));
  const groups = Map.groupBy(chances.keys(), (index) => binOf[index] ?? 0);
  const sorted = [...groups].toSorted(([left], [right]) => left - right);
  const placeOf = new Map(sorted.map(([bin], place) => [bin, place]));
  const bins = sorted.map(([bin, indices]): CalibrationBin => {
    const hits = indices.filter((index) => chances[index]?.hasHappened).length;
    return {
      from: edges[bin] ?? 0,
      to: edges[bin + 1] ?? 1,
      count: indices.length,
      predicted: toMean(indices.map((index) => values[index] ?? 0)),
      observed: toShare(hits, indices.length),
    };
  });
  return {
    binning: isSkewed ? 'count' : 'width',
    bins,
    places: binOf.map((bin) => placeOf.get(bin) ?? 0),
  };
}

function countIn(values: readonly number[], edges: readonly number[]): readonly number[] {
  const counts = edges.map(() => 0);
  for (const value of values) {
    const bin = findBin(edges, value);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** Where each tenth begins, and the largest; where one value fills several tenths, there are fewer bins. */
function toQuantileEdges(values: readonly number[]): readonly number[] {
  const sorted = Float64Array.from(values).toSorted();
  const starts = Array.from({ length: BINS }, (_, tenth) => {
    return sorted[Math.floor((tenth * sorted.length) / BINS)] ?? 0;
  });
  return [...new Set(starts), sorted.at(-1) ?? 0];
}

/** The last bin that begins at or below the value; the end of the last belongs to it. */
function findBin(edges: readonly number[], value: number): number {
  let bin = edges.length - 2;
  while (bin > 0 && value < (edges[bin] ?? 0)) bin--;
  return bin;
}

/** Naeini, Cooper and Hauskrecht (2015): distance of bins from the diagonal, weighted by their counts. */
export function toCalibrationError({ bins, places }: BinnedChances): number {
  return bins.reduce(
    (sum, bin) => sum + (bin.count / places.length) * Math.abs(bin.observed.value - bin.predicted),
    0,
  );
}

/**
 * What the calibration error is when every chance is right: outcomes are drawn with the chances that were predicted
 * (Broecker and Smith 2007). Mean, and what one time in twenty is larger.
 */
export function toErrorByChance(
  chances: readonly Chance[],
  { bins, places }: BinnedChances,
): { readonly mean: number; readonly high: number } {
  const random = createSeeded(SEED);
  const rounds = Math.max(100, Math.min(MOST_ROUNDS, Math.floor(MOST_DRAWS / chances.length)));
  const errors = Float64Array.from({ length: rounds }, () => {
    const gaps = new Float64Array(bins.length);
    for (const [index, { chance }] of chances.entries()) {
      const bin = places[index] ?? 0;
      gaps[bin] = (gaps[bin] ?? 0) + (random() < chance ? 1 - chance : -chance);
    }
    return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / chances.length;
  }).toSorted();
  return { mean: toMean([...errors]), high: errors[Math.floor(0.95 * rounds)] ?? 0 };
}

/**
 * 95 % interval of the calibration error of these predictions. The error that is seen is a sum of |gap + noise| over the
 * bins, which noise makes larger, so it is not the middle of its interval. By the triangle inequality it is too large
 * by at most the sum of |noise|, and too small by at most the sum of the noise with the signs of the gaps; the interval
 * takes off what the first exceeds in 2.5 % of draws, and adds what the second exceeds in 2.5 %. In bins whose gap is
 * surely not 0 the sign is known, and their noise goes into both sums with it.
 */
export function toErrorInterval(chances: readonly Chance[], binned: BinnedChances): Interval {
  const { bins, places } = binned;
  const seen = toCalibrationError(binned);
  const deviations = toDeviations(chances, binned);
  const sure = bins.map(({ count, observed, predicted }, bin) => {
    const gap = (count / places.length) * Math.abs(observed.value - predicted);
    return gap > SURE * (deviations[bin] ?? 0);
  });
  const sums = drawNoise(deviations)
    .map((draw) => draw.reduce((sum, one, bin) => sum + (sure[bin] ? one : Math.abs(one)), 0))
    .toSorted((left, right) => left - right);
  const tooLarge = sums[Math.ceil(0.975 * NOISE_ROUNDS)] ?? 0;
  const tooSmall = toNormalQuantile(0.975) * Math.hypot(...deviations);
  return { low: Math.max(0, seen - tooLarge), high: Math.min(1, seen + tooSmall) };
}
/** Standard deviation of each bin's part of the error: chances moved to what was seen, one outcome of each kind added. */
function toDeviations(
  chances: readonly Chance[],
  { bins, places }: BinnedChances,
): readonly number[] {
  const variances = bins.map(() => 0);
  for (const [index, { chance }] of chances.entries()) {
    const place = places[index] ?? 0;
    const bin = bins[place];
    if (bin === undefined) continue;
    const { count, predicted, observed } = bin;
    const shift = (observed.value * count + 1) / (count + 2) - predicted;
    const least = 1 / (count + 2);
    const share = Math.min(1 - least, Math.max(least, chance + shift));
    variances[place] = (variances[place] ?? 0) + share * (1 - share);
  }
  return variances.map((one) => Math.sqrt(one) / chances.length);
}

/** Box and Muller (1958), always the same. */
function drawNoise(deviations: readonly number[]): readonly Float64Array[] {
  const random = createSeeded(SEED);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: NOISE_ROUNDS }, () =>
    Float64Array.from(deviations, (deviation) => deviation * normal()),
  );
}
