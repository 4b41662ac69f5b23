/** How the numbers of the reference go together, so that fields that say the same are not counted twice. */
import type { Row, Signature } from '../../signatures/signature.ts';
import { toBin, toBinEdges, toBins, type Sketch } from '../sketches/sketch.ts';
import { SCORES } from './field-tests.ts';

/** Correlations of the scores of fields: of each field its position, then its spread. */
export interface Related {
  /** `input wt`, in the order of the correlations. */
  readonly fields: readonly string[];
  /** Below the diagonal, row by row; two decimals. */
  readonly correlations: readonly number[];
}

const MOST_FIELDS = 100;
const MOST_ROWS = 5000;
const LEAST_ROWS = 30;

/**
 * Correlations of rows, each brought nearer to 0 by two standard errors (2 / √rows), so that chance likeness of few
 * rows is taken for none; that errs towards fewer alarms. Undefined where there are too few rows or fields to tell.
 * `toNumber` reads a value; null is missing.
 */
export function relate(
  signature: Signature,
  sketch: Sketch,
  rows: readonly Row[],
  toNumber: (value: unknown) => number | null,
): Related | undefined {
  const step = Math.ceil(rows.length / MOST_ROWS);
  const some = rows.filter((_, index) => index % step === 0);
  const columns = (['input', 'output'] as const).flatMap((side) =>
    signature[`${side}s`].flatMap((field) => {
      const bins = toBins(field);
      const counted = sketch[`${side}s`][field.name];
      if (bins === undefined || Object.keys(counted?.histogram ?? {}).length === 0) return [];
      const toRank = toRanks(counted?.histogram ?? {}, (bin) => toBinEdges(bins, bin)[0]);
      const ranks = some.map((row) => {
        const value = toNumber(row[field.name]);
        return value === null || !Number.isFinite(value) ? undefined : toRank(toBin(bins, value));
      });
      return [{ name: `${side} ${field.name}`, ranks }];
    }),
  );
  if (some.length < LEAST_ROWS || columns.length < 2 || columns.length > MOST_FIELDS)
    return undefined;
  const scores = columns.flatMap(({ ranks }) =>
    SCORES.map(({ toScore }) =>
      standardise(ranks.map((rank) => (rank === undefined ? undefined : toScore(rank)))),
    ),
  );
  return { fields: columns.map(({ name }) => name), correlations: toCorrelations(scores) };
}

/** The middle rank of a bin, between 0 and 1. */
function toRanks(histogram: Readonly<Record<string, number>>, toPlace: (bin: number) => number) {
  const bins = Object.keys(histogram)
    .map(Number)
    .toSorted((a, b) => toPlace(a) - toPlace(b));
  const total = Object.values(histogram).reduce((sum, count) => sum + count, 0);
  const ranks = new Map<number, number>();
  let below = 0;
  for (const bin of bins) {
    const count = histogram[bin] ?? 0;
    ranks.set(bin, (below + count / 2) / total);
    below += count;
  }
  return (bin: number) => ranks.get(bin);
}

/** Mean 0 and sum of squares 1; what is missing is the mean. */
function standardise(values: readonly (number | undefined)[]): Float64Array {
  const known = values.filter((value) => value !== undefined);
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const far = Float64Array.from(values, (value) => (value === undefined ? 0 : value - mean));
  const size = Math.hypot(...far);
  return size > 0 ? far.map((value) => value / size) : far;
}

function toCorrelations(scores: readonly Float64Array[]): readonly number[] {
  const doubt = 2 / Math.sqrt(scores[0]?.length ?? 1);
  return scores.flatMap((left, index) =>
    scores.slice(0, index).map((right) => {
      let sum = 0;
      for (let row = 0; row < left.length; row++) sum += (left[row] ?? 0) * (right[row] ?? 0);
      const sure = Math.sign(sum) * Math.max(0, Math.abs(sum) - doubt);
      // Nought without a sign.
      return Math.round(sure * 100) / 100 + 0;
    }),
  );
}
