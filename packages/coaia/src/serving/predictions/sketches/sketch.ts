/**
 * What is counted of a field without keeping its values: exact counts that add up over hours and gateways. Bins are a
 * function of the signature alone, so that sketches of one version always merge.
 */
import type { Field } from '../../signatures/signature.ts';

/**
 * Where the bins of a number lie. `range`: as many of equal width between `low` and `high`, and one on either side.
 * `log`: quarter octaves of the absolute value from 2^-20 to 2^40, either sign, around one for what is smaller: for
 * fields whose range nobody told.
 */
export type Bins =
  | { readonly kind: 'range'; readonly low: number; readonly high: number; readonly count: number }
  | { readonly kind: 'log' };

export interface FieldSketch {
  readonly bins?: Bins;
  /** Values, missing ones included. */
  count: number;
  missing: number;
  /** Numbers outside the training range. */
  extrapolated: number;
  /** Categories that the version does not know, or that training had not seen. */
  unseen: number;
  /** Of numbers. */
  sum: number;
  sumOfSquares: number;
  min: number | null;
  max: number | null;
  /** Count by bin, bins that are empty left out. */
  readonly histogram: Record<string, number>;
  /** Count by level; beyond `MOST_LEVELS` different ones the rest is in `other`. */
  readonly levels: Record<string, number>;
  other: number;
}

export interface Sketch {
  predictions: number;
  rows: number;
  readonly inputs: Record<string, FieldSketch>;
  readonly outputs: Record<string, FieldSketch>;
}

export const RANGE_BINS = 32;
export const MOST_LEVELS = 200;

const LOG_LOW = -80;
const LOG_HIGH = 160;

/** What a field's numbers are binned by; undefined for fields that are not numbers. */
export function toBins({ type, trained, min, max, name }: Field): Bins | undefined {
  if (type !== 'number' && type !== 'integer') return undefined;
  if (name.startsWith('probability')) return { kind: 'range', low: 0, high: 1, count: RANGE_BINS };
  const [low, high] = [trained?.min ?? min, trained?.max ?? max];
  if (low === undefined || high === undefined) return { kind: 'log' };
  return high > low ? { kind: 'range', low, high, count: RANGE_BINS } : { kind: 'log' };
}

/** Number of the bin; for `range` 0 is below, `count + 1` above, and the largest value belongs to the last bin. */
export function toBin(bins: Bins, value: number): number {
  if (bins.kind === 'log') {
    const size = Math.abs(value);
    if (size < 2 ** (LOG_LOW / 4)) return 0;
    const step = Math.min(LOG_HIGH, Math.floor(Math.log2(size) * 4)) - LOG_LOW + 1;
    return value < 0 ? -step : step;
  }
  const { low, high, count } = bins;
  if (value < low) return 0;
  if (value > high) return count + 1;
  return Math.min(count, 1 + Math.floor(((value - low) / (high - low)) * count));
}

/** Where a bin begins and ends. */
export function toBinEdges(bins: Bins, bin: number): readonly [number, number] {
  if (bins.kind === 'log') {
    if (bin === 0) return [-(2 ** (LOG_LOW / 4)), 2 ** (LOG_LOW / 4)];
    const step = Math.abs(bin) - 1 + LOG_LOW;
    const near = 2 ** (step / 4);
    const far = 2 ** ((step + 1) / 4);
    return bin < 0 ? [-far, -near] : [near, far];
  }
  const { low, high, count } = bins;
  if (bin <= 0) return [Number.NEGATIVE_INFINITY, low];
  if (bin > count) return [high, Number.POSITIVE_INFINITY];
  const width = (high - low) / count;
  return [low + (bin - 1) * width, bin === count ? high : low + bin * width];
}

export function createFieldSketch(bins: Bins | undefined): FieldSketch {
  return {
    ...(bins === undefined ? {} : { bins }),
    count: 0,
    missing: 0,
    extrapolated: 0,
    unseen: 0,
    sum: 0,
    sumOfSquares: 0,
    min: null,
    max: null,
    histogram: toTable(),
    levels: toTable(),
    other: 0,
  };
}

export const createSketch = (): Sketch => ({
  predictions: 0,
  rows: 0,
  inputs: toTable(),
  outputs: toTable(),
});

/** Names of fields and levels are anybody's, so the table has no members of its own. */
const toTable = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;

/** True for fields whose values nobody may find in a sketch; only how many there are and how many miss. */
export function isCountedOnly({ sensitive, type, levels, seen }: Field): boolean {
  if (sensitive === true) return true;
  return !BINNED.has(type) && levels === undefined && seen === undefined;
}

/** Level under which all texts are counted that training had not seen: nobody finds them in a sketch. */
export const UNSEEN = '(not seen in training)';

const BINNED: ReadonlySet<Field['type']> = new Set(['number', 'integer', 'boolean', 'category']);

/** Adds `from` to `into`. */
export function mergeSketch(into: Sketch, from: Sketch): Sketch {
  into.predictions += from.predictions;
  into.rows += from.rows;
  mergeFields(into.inputs, from.inputs);
  mergeFields(into.outputs, from.outputs);
  return into;
}

function mergeFields(
  into: Record<string, FieldSketch>,
  from: Readonly<Record<string, FieldSketch>>,
) {
  for (const [name, field] of Object.entries(from)) {
    into[name] ??= createFieldSketch(field.bins);
    mergeField(into[name], field);
  }
}

/** Adds `from` to `into`; both have the same bins. */
export function mergeField(into: FieldSketch | undefined, from: FieldSketch): void {
  if (into === undefined) return;
  into.count += from.count;
  into.missing += from.missing;
  into.extrapolated += from.extrapolated;
  into.unseen += from.unseen;
  into.sum += from.sum;
  into.sumOfSquares += from.sumOfSquares;
  into.other += from.other;
  into.min = toLeast(into.min, from.min, Math.min);
  into.max = toLeast(into.max, from.max, Math.max);
  for (const [bin, count] of Object.entries(from.histogram))
    into.histogram[bin] = (into.histogram[bin] ?? 0) + count;
  for (const [level, count] of Object.entries(from.levels))
    into.levels[level] = (into.levels[level] ?? 0) + count;
}

function toLeast(
  left: number | null,
  right: number | null,
  pick: (a: number, b: number) => number,
) {
  if (left === null) return right;
  return right === null ? left : pick(left, right);
}
