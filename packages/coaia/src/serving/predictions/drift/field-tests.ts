/** The tests of one field: a window against the reference. */
import type { FieldSketch } from '../sketches/sketch.ts';
import { toFisher, toSmirnov, toUpperTail } from './distributions.ts';
import { sumOf, toBinCounts, toLevelCounts, type Part } from './parts.ts';

/** What may alarm: `psi` and `ks` are both the distribution, by the same tests. */
export const METRICS = ['psi', 'ks', 'missing', 'unseen'] as const;

export type Metric = (typeof METRICS)[number];

/** A test, what it is about, and its chance without drift. */
export interface Test {
  readonly name: string;
  readonly p: number;
}

export interface FieldTests {
  /** Judged at the level that `level.ts` finds. */
  readonly main: readonly Test[];
  /** Judged at the stricter level of everything else. */
  readonly rest: readonly Test[];
}

/** Ranks between 0 and 1 to scores: Wilcoxon's (1945) for the position, Mood's (1954) for the spread. */
export const SCORES = [
  { name: 'the position', toScore: (rank: number) => rank },
  { name: 'the spread', toScore: (rank: number) => (rank - 0.5) ** 2 },
] as const;

/** Main tests that a field of the reference has, as `level.ts` counts them. */
export function toMainTests(reference: FieldSketch): {
  readonly ranks: number;
  readonly shares: number;
} {
  const ranks = Object.keys(reference.histogram).length > 0 ? SCORES.length : 0;
  const levels = Object.keys(reference.levels).length > 0 && reference.other === 0 ? 1 : 0;
  return { ranks, shares: levels + (toAbsent(reference) > 0 ? 1 : 0) };
}

/** Main tests are as many as `toMainTests` says, or fewer; only of what is watched. */
export function testField(
  live: FieldSketch,
  reference: FieldSketch,
  watched: readonly Metric[] = METRICS,
): FieldTests {
  const isWatched = watched.includes('psi') || watched.includes('ks');
  const shape = isWatched ? testShape(live, reference) : { main: [], rest: [] };
  const outside = watched.includes('unseen') ? toOutside(live, reference) : undefined;
  const absent = watched.includes('missing') ? [toAbsentTest(live, reference)] : [];
  // What the reference has none of is not among the main tests: its share there is nought or nearly so.
  const isMain = toAbsent(reference) > 0;
  return {
    main: [...shape.main, ...(isMain ? absent : [])],
    rest: [...shape.rest, ...(outside === undefined ? [] : [outside]), ...(isMain ? [] : absent)],
  };
}

/** The distribution of numbers, or of levels that the reference has. */
function testShape(live: FieldSketch, reference: FieldSketch): FieldTests {
  const bins = toBinCounts(live, reference);
  if (bins.length > 0)
    return {
      main: SCORES.map(({ name, toScore }) => ({ name, p: toScoreChance(bins, toScore) })),
      rest: [{ name: 'the distribution', p: toDistanceChance(bins) }],
    };
  const levels = toLevelCounts(live, reference);
  const isKnown = levels.length > 0 && Object.keys(reference.levels).length > 0;
  return { main: isKnown ? [toLevelTest(levels)] : [], rest: [] };
}

const toAbsentTest = (live: FieldSketch, reference: FieldSketch): Test => ({
  name: 'the share of missing values',
  p: toFisher(toAbsent(live), live.count, toAbsent(reference), reference.count),
});

/** Missing values, and numbers that are not finite. */
export const toAbsent = ({ missing, other, bins }: FieldSketch) =>
  missing + (bins === undefined ? 0 : other);

function toOutside(live: FieldSketch, reference: FieldSketch): Test | undefined {
  const [now, then] = [live.extrapolated + live.unseen, reference.extrapolated + reference.unseen];
  const [n, m] = [live.count - toAbsent(live), reference.count - toAbsent(reference)];
  if (now + then === 0) return undefined;
  const name =
    live.bins === undefined
      ? 'the share of unknown levels'
      : 'the share outside of the training range';
  return { name, p: toFisher(now, n, then, m) };
}

/** The level whose share differs most surely, corrected for the number of levels (Bonferroni; two levels are one). */
function toLevelTest(parts: readonly Part[]): Test {
  const [n, m] = [sumOf(parts, 'live'), sumOf(parts, 'reference')];
  const tests = parts.map(({ part, live, reference }) => ({
    name: `the share of ${part}`,
    p: toFisher(live, n, reference, m),
  }));
  const least = tests.reduce((best, one) => (one.p < best.p ? one : best));
  return { name: least.name, p: Math.min(1, (parts.length === 2 ? 1 : parts.length) * least.p) };
}

/**
 * Chance of a sum of scores at least as far out when the values are dealt to window and reference at random, both
 * tails. Mean, variance and skewness of the sum are exact, with ties as they are; its curve is Pearson's type III.
 */
export function toScoreChance(parts: readonly Part[], toScore: (rank: number) => number): number {
  const [n, m] = [sumOf(parts, 'live'), sumOf(parts, 'reference')];
  const total = n + m;
  if (n === 0 || m === 0 || total < 3) return 1;
  let below = 0;
  const scored = parts.map(({ live, reference }) => {
    const count = live + reference;
    const score = toScore((below + count / 2) / total);
    below += count;
    return { live, count, score };
  });
  const mean = scored.reduce((sum, { count, score }) => sum + count * score, 0) / total;
  let [sum, squares, cubes] = [0, 0, 0];
  for (const { live, count, score } of scored) {
    const far = score - mean;
    sum += live * far;
    squares += count * far ** 2;
    cubes += count * far ** 3;
  }
  const variance = (n * m * squares) / (total * (total - 1));
  if (!(variance > 1e-14 * total)) return 1;
  const third = (n * m * (m - n) * cubes) / (total * (total - 1) * (total - 2));
  const [z, skew] = [sum / Math.sqrt(variance), third / variance ** 1.5];
  return Math.min(1, 2 * Math.min(toUpperTail(z, skew), toUpperTail(-z, -skew)));
}

function toDistanceChance(parts: readonly Part[]): number {
  const [n, m] = [sumOf(parts, 'live'), sumOf(parts, 'reference')];
  const distance = toDistance(parts);
  return distance === null ? 1 : toSmirnov(distance, n, m);
}

/** Largest distance between the two distribution functions, at the edges of the bins (Kolmogorov and Smirnov). */
export function toDistance(parts: readonly Part[]): number | null {
  const [n, m] = [sumOf(parts, 'live'), sumOf(parts, 'reference')];
  if (n === 0 || m === 0) return null;
  let [left, right, most] = [0, 0, 0];
  for (const { live, reference } of parts) {
    left += live / n;
    right += reference / m;
    most = Math.max(most, Math.abs(left - right));
  }
  return most;
}
