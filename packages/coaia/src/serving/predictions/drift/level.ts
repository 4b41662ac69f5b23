/**
 * The p below which a test alarms, so that in 30 days without drift the chance of any alarm is what was agreed on.
 * The largest of all test statistics of a month is drawn many times over from the normal distribution with the
 * correlations that they have (Hothorn, Bretz and Westfall 2008): windows share one reference and, in sevens, each
 * other; fields go together as they do in the rows of the reference.
 */
import { createSeeded, toNormalShare } from '#curation';
import type { Related } from './relate.ts';

/** Windows that are also judged together. */
export const TOGETHER = 7;
/** Drawn: the more, the nearer to the rate; fewer where each takes long. */
const [FEWEST_MONTHS, MOST_MONTHS] = [1000, 4000];
/** Multiplications for more than the fewest. */
const EASY_WORK = 4e8;
const SEED = 20_260_103;
/** Fewer months beyond the level would leave it to luck. */
const LEAST_BEYOND = 5;
/** Multiplications; more would take several seconds. */
const MOST_WORK = 2e9;
const MOST_KEPT = 50;

export interface Tests {
  /** Of fields whose correlations are known, two for each. */
  readonly related: Related | undefined;
  /** All others, taken to be independent, which errs towards fewer alarms (Šidák 1967). */
  readonly single: number;
  /** Rows of a window over rows of the reference. */
  readonly ratio: number;
  /** In 30 days. */
  readonly windows: number;
  readonly alert: number;
}

const kept = new Map<string, number>();

/**
 * The level of one test, two-sided; Bonferroni's where `alert` is too small or the fields too many to draw months.
 * Takes up to a second for 100 related fields; then it is remembered.
 */
export function toLevel(tests: Tests): number {
  // Rounded down to a power of 2: a shorter window depends less on the others, which errs towards fewer alarms.
  const ratio = 2 ** Math.max(-7, Math.min(7, Math.floor(Math.log2(tests.ratio))));
  const key = JSON.stringify({ ...tests, ratio });
  const known = kept.get(key);
  if (known !== undefined) return known;
  const level = findLevel({ ...tests, ratio });
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, level);
  return level;
}

function findLevel({ related, single, ratio, windows, alert }: Tests): number {
  const factor = toFactor(related?.correlations ?? []);
  const count = factor.size + single;
  if (count === 0) return alert;
  const bound = alert / (2 * windows * count);
  const work = (windows + TOGETHER) * (factor.size ** 2 / 2 + 20 * count);
  const months = Math.max(FEWEST_MONTHS, Math.min(MOST_MONTHS, Math.floor(EASY_WORK / work)));
  // Two standard errors fewer, so that the luck of drawing does not carry the rate above `alert`.
  const share = alert * (months + 1);
  const beyond = Math.floor(share - 2 * Math.sqrt(share));
  if (beyond < LEAST_BEYOND || months * work > MOST_WORK) return bound;
  const normal = createNormal();
  const largest = Float64Array.from({ length: months }, () =>
    drawMonth(() => drawScores(factor, single, normal), { ratio, windows, count }),
  ).toSorted();
  return Math.max(bound, 2 * toNormalShare(-(largest[months - beyond] ?? 0)));
}

/** The largest statistic of a month: of each window, and of the seven up to it together. */
function drawMonth(
  draw: () => Float64Array,
  {
    ratio,
    windows,
    count,
  }: { readonly ratio: number; readonly windows: number; readonly count: number },
): number {
  const reference = draw();
  const sums = new Float64Array(count);
  const before: Float64Array[] = [];
  const [shared, long] = [Math.sqrt(ratio), Math.sqrt(TOGETHER * ratio)];
  const [scale, longScale] = [Math.sqrt(1 + ratio), Math.sqrt(1 + TOGETHER * ratio)];
  let most = 0;
  for (let window = 1 - TOGETHER; window < windows; window++) {
    const now = draw();
    before.push(now);
    const gone = before.length > TOGETHER ? before.shift() : undefined;
    for (let test = 0; test < count; test++) {
      const [one, other] = [now[test] ?? 0, reference[test] ?? 0];
      const sum = (sums[test] ?? 0) + one - (gone?.[test] ?? 0);
      sums[test] = sum;
      if (window < 0) continue;
      most = Math.max(
        most,
        Math.abs(one - shared * other) / scale,
        Math.abs(sum / Math.sqrt(TOGETHER) - long * other) / longScale,
      );
    }
  }
  return most;
}

function drawScores(factor: Factor, single: number, normal: () => number): Float64Array {
  const { size, weights, starts } = factor;
  const drawn = new Float64Array(size + single);
  for (let test = 0; test < drawn.length; test++) drawn[test] = normal();
  // From the last row up, so that what is still needed is not written over.
  for (let row = size - 1; row >= 0; row--) {
    const start = starts[row] as number;
    let sum = 0;
    for (let column = 0; column <= row; column++)
      sum += (weights[start + column] as number) * (drawn[column] as number);
    drawn[row] = sum;
  }
  return drawn;
}

/** A lower triangle, row by row. */
interface Factor {
  readonly size: number;
  readonly weights: Float64Array;
  /** Where each row begins. */
  readonly starts: Int32Array;
}

/** Cholesky's factor, row by row; rows of correlations that do not fit together are brought back to length 1. */
function toFactor(correlations: readonly number[]): Factor {
  const size = correlations.length === 0 ? 0 : (1 + Math.sqrt(1 + 8 * correlations.length)) / 2;
  const rows: Float64Array[] = [];
  for (let row = 0; row < size; row++) {
    const weights = new Float64Array(row + 1);
    let left = 1;
    for (let column = 0; column < row; column++) {
      const other = rows[column] ?? weights;
      let value = correlations[(row * (row - 1)) / 2 + column] ?? 0;
      for (let k = 0; k < column; k++) value -= (weights[k] ?? 0) * (other[k] ?? 0);
      weights[column] = value / (other[column] ?? 1);
      left -= (weights[column] ?? 0) ** 2;
    }
    weights[row] = Math.sqrt(Math.max(1e-4, left));
    const length = Math.hypot(...weights);
    rows.push(weights.map((value) => value / length));
  }
  const starts = Int32Array.from(rows, (_, row) => (row * (row + 1)) / 2);
  return { size, weights: Float64Array.from(rows.flatMap((row) => [...row])), starts };
}

/** Standard normal numbers by the polar method of Marsaglia (1964). */
function createNormal(): () => number {
  const random = createSeeded(SEED);
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const [x, y] = [2 * random() - 1, 2 * random() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
}
