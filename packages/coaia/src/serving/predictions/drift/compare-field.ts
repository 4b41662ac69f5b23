/** One field in one window against the reference. */
import { createSeeded, toWilsonInterval } from '#curation';
import type { DriftField, Estimate } from '@coaia/client';
import { toBinEdges, type FieldSketch } from '../sketches/sketch.ts';
import { toFisher, toSmirnov } from './distributions.ts';

/** Parts that the index is computed over; ten is what Siddiqi (2006) and most who use it take. */
const INDEX_PARTS = 10;
const RESAMPLES = 200;
const SEED = 20_260_101;

export interface FieldComparison extends Omit<DriftField, 'isAlert' | 'why' | 'side'> {
  /** What the smallest p came from. */
  readonly reason: string;
}

/** A test and its chance. */
interface Test {
  readonly name: string;
  readonly p: number;
}

/** Compares what was counted. `p` is already corrected for the tests of this field (Bonferroni). */
export function compareField(
  name: string,
  live: FieldSketch,
  reference: FieldSketch,
  resamples = RESAMPLES,
): FieldComparison {
  const missing = {
    name: 'the share of missing values',
    p: toFisher(live.missing, live.count, reference.missing, reference.count),
  };
  const values = compareValues(live, reference, resamples);
  const first = values.tests.reduce((least, one) => (one.p < least.p ? one : least), missing);
  // Levels are corrected among themselves; then there are two tests, values and missing values.
  const families = values.tests.length === 0 ? 1 : 2;
  return {
    name,
    kind: values.kind,
    count: live.count,
    referenceCount: reference.count,
    psi: values.psi,
    psiWithoutDrift: values.psiWithoutDrift,
    distance: values.distance,
    missing: toShareEstimate(live.missing, live.count),
    referenceMissing: reference.count === 0 ? null : reference.missing / reference.count,
    outside: toShareEstimate(live.extrapolated + live.unseen, toKnown(live)),
    p: Math.min(1, families * first.p),
    reason: first.name,
  };
}

interface Values extends Pick<FieldComparison, 'kind' | 'psi' | 'psiWithoutDrift' | 'distance'> {
  readonly tests: readonly Test[];
}

const COUNTED: Values = {
  kind: 'counted',
  psi: null,
  psiWithoutDrift: null,
  distance: null,
  tests: [],
};

function compareValues(live: FieldSketch, reference: FieldSketch, resamples: number): Values {
  const [now, then] = [toKnown(live), toKnown(reference)];
  if (live.bins !== undefined) {
    const parts = toBinCounts(live, reference);
    const distance = toDistance(parts);
    const p = distance === null ? 1 : toSmirnov(distance, now, then);
    const tests = [{ name: 'the distribution', p }];
    return {
      kind: 'number',
      distance,
      tests,
      ...toIndexes(toCoarse(parts), [now, then], resamples),
    };
  }
  if (!hasLevels(live, reference)) return COUNTED;
  const parts = toLevelCounts(live, reference);
  const tests = parts.map(({ part, live: hits, reference: before }) => ({
    name: `the share of ${part}`,
    p: Math.min(1, parts.length * toFisher(hits, now, before, then)),
  }));
  const distance = toShareDistance(parts);
  return { kind: 'category', distance, tests, ...toIndexes(parts, [now, then], resamples) };
}

/** The index, and what it is on average without drift (Yurdakul and Naranjo 2020). */
function toIndexes(parts: readonly Part[], [n, m]: readonly [number, number], resamples: number) {
  if (n === 0 || m === 0) return { psi: null, psiWithoutDrift: null };
  return {
    psi: toIndexEstimate(parts, [n, m], resamples),
    psiWithoutDrift: (parts.length - 1) * (1 / n + 1 / m),
  };
}

const toKnown = ({ count, missing }: FieldSketch) => count - missing;

const hasLevels = (live: FieldSketch, reference: FieldSketch) =>
  Object.keys(live.levels).length + Object.keys(reference.levels).length > 0;

interface Part {
  readonly part: string;
  readonly live: number;
  readonly reference: number;
}

function toBinCounts(live: FieldSketch, reference: FieldSketch): readonly Part[] {
  const { bins } = live;
  if (bins === undefined) return [];
  const numbers = new Set(
    [...Object.keys(live.histogram), ...Object.keys(reference.histogram)].map(Number),
  );
  return [...numbers]
    .toSorted((left, right) => toBinEdges(bins, left)[0] - toBinEdges(bins, right)[0])
    .map((bin) => ({
      part: String(bin),
      live: live.histogram[bin] ?? 0,
      reference: reference.histogram[bin] ?? 0,
    }));
}

function toLevelCounts(live: FieldSketch, reference: FieldSketch): readonly Part[] {
  const names = new Set([...Object.keys(live.levels), ...Object.keys(reference.levels)]);
  return [...names].toSorted().map((part) => ({
    part,
    live: live.levels[part] ?? 0,
    reference: reference.levels[part] ?? 0,
  }));
}

const sumOf = (parts: readonly Part[], side: 'live' | 'reference') =>
  parts.reduce((sum, part) => sum + part[side], 0);

/** Largest distance between the two distribution functions, at the edges of the bins. */
function toDistance(parts: readonly Part[]): number | null {
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

function toShareDistance(parts: readonly Part[]): number | null {
  const [n, m] = [sumOf(parts, 'live'), sumOf(parts, 'reference')];
  if (n === 0 || m === 0) return null;
  return Math.max(...parts.map(({ live, reference }) => Math.abs(live / n - reference / m)));
}

/** Neighbouring bins together, each with about a tenth of the reference. */
function toCoarse(parts: readonly Part[]): readonly Part[] {
  const each = sumOf(parts, 'reference') / INDEX_PARTS;
  const coarse: { part: string; live: number; reference: number }[] = [];
  let isFull = true;
  for (const { part, live, reference } of parts) {
    const last = coarse.at(-1);
    if (last === undefined || isFull) coarse.push({ part, live, reference });
    else {
      last.live += live;
      last.reference += reference;
    }
    isFull = (coarse.at(-1)?.reference ?? 0) >= each;
  }
  return coarse;
}

/** Population stability index, Σ (p - q) ln(p / q), half a count added to every part so that none is empty. */
function toIndex(parts: readonly Part[]): number {
  const n = sumOf(parts, 'live') + parts.length / 2;
  const m = sumOf(parts, 'reference') + parts.length / 2;
  return parts.reduce((sum, { live, reference }) => {
    const [p, q] = [(live + 0.5) / n, (reference + 0.5) / m];
    return sum + (p - q) * Math.log(p / q);
  }, 0);
}

/** The index with the interval of a parametric bootstrap: counts drawn again from the observed shares. */
function toIndexEstimate(
  parts: readonly Part[],
  [n, m]: readonly [number, number],
  resamples: number,
): Estimate {
  const value = toIndex(parts);
  if (resamples === 0) return { value, low: null, high: null, count: n };
  const random = createSeeded(SEED);
  // Box and Muller (1958).
  const z = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  // A count of a part is drawn from the normal distribution with the variance of its share: many counts, few draws.
  const draw = (count: number, total: number) =>
    Math.max(0, count + z() * Math.sqrt((count + 0.5) * Math.max(0, 1 - count / total)));
  const values = Array.from({ length: resamples }, () =>
    toIndex(
      parts.map(({ part, live, reference }) => ({
        part,
        live: draw(live, n),
        reference: draw(reference, m),
      })),
    ),
  ).toSorted((left, right) => left - right);
  const at = (share: number) => values[Math.round(share * (resamples - 1))] ?? value;
  // Drawing again adds as much on average as drawing once did; the interval is moved back by it (basic bootstrap).
  const [low, high] = [Math.max(0, 2 * value - at(0.975)), Math.max(0, 2 * value - at(0.025))];
  return { value, low, high: Math.max(high, value), count: n };
}

function toShareEstimate(hits: number, n: number): Estimate | null {
  if (n === 0) return null;
  const interval = toWilsonInterval(hits, n);
  return { value: hits / n, low: interval?.low ?? null, high: interval?.high ?? null, count: n };
}
