/** Levels of alarms, and the verdict on one field. */
import { toNormalQuantile } from '#curation';
import type { FieldSketch, Sketch } from '../sketches/sketch.ts';
import { testField, toMainTests, type Metric, type Test } from './field-tests.ts';
import { toLevel } from './level.ts';
import type { Reference } from './reference.ts';

const MONTH_HOURS = 30 * 24;
/** Part of `alert` that whole windows have. */
const MAIN_SHARE = 0.9;

/** What levels depend on. */
export interface Plan {
  readonly alert: number;
  readonly windowHours: number;
  /** What may alarm; everything where it is not said. Levels stay as they are, so fewer tests alarm more seldom. */
  readonly watched?: readonly Metric[] | undefined;
  readonly reference: Pick<Reference, 'sketch' | 'related' | 'rows'>;
}

export interface Levels {
  /** The p below which a test of a whole window alarms. */
  readonly whole: number;
  /** The same for all that the last tenth is for. */
  readonly rest: number;
  readonly watched?: readonly Metric[] | undefined;
}

/** Inputs and outputs, each with its side. */
export const toFields = ({ inputs, outputs }: Sketch) => [
  ...Object.entries(inputs).map(([name, field]) => ({ name, field, side: 'input' as const })),
  ...Object.entries(outputs).map(([name, field]) => ({ name, field, side: 'output' as const })),
];

/** Shares the chance of a month between its tests, for windows of `rows`. */
export function toLevels({ alert, windowHours, watched, reference }: Plan, rows: number): Levels {
  const { sketch, related } = reference;
  const fields = toFields(sketch);
  const windows = Math.max(1, Math.ceil(MONTH_HOURS / windowHours));
  const counts = fields.map(({ field }) => toMainTests(field));
  const all = counts.reduce((sum, { ranks, shares }) => sum + ranks + shares, 0);
  return {
    watched,
    whole: toLevel({
      related,
      single: all - 2 * (related?.fields.length ?? 0),
      ratio: Math.max(1, rows) / reference.rows,
      windows,
      alert: MAIN_SHARE * alert,
    }),
    rest: ((1 - MAIN_SHARE) * alert) / Math.max(1, (MONTH_HOURS + windows) * fields.length),
  };
}

const least = (tests: readonly Test[]) =>
  tests.reduce<Test | undefined>(
    (best, one) => (best === undefined || one.p < best.p ? one : best),
    undefined,
  );

/** The smallest p; those of the last tenth weighted by how much stricter they are judged. */
export function judgeWhole(
  reference: FieldSketch,
  now: FieldSketch,
  long: FieldSketch | undefined,
  { whole, rest: strict, watched }: Levels,
  windows: number,
): Test | undefined {
  const { main, rest } = testField(now, reference, watched);
  const together = long === undefined ? [] : testField(long, reference, watched).main;
  return least([
    ...main.map(({ name, p }) => ({ name: `${name} of FIELD`, p })),
    ...together.map(({ name, p }) => ({
      name: `${name} of FIELD over the last ${windows} windows`,
      p,
    })),
    ...rest.map(({ name, p }) => ({
      name: `${name} of FIELD`,
      p: Math.min(1, (p * rest.length * whole) / strict),
    })),
  ]);
}

/** Every test of the hours that are over, corrected for their number. */
export function judgeEarly(
  reference: FieldSketch,
  settled: FieldSketch | undefined,
  watched?: readonly Metric[],
): Test | undefined {
  if (settled === undefined) return undefined;
  const { main, rest } = testField(settled, reference, watched);
  const tests = [...main, ...rest];
  const found = least(tests);
  return found === undefined
    ? undefined
    : { name: `${found.name} of FIELD`, p: Math.min(1, tests.length * found.p) };
}

/**
 * Shift of a normal field, in standard deviations, that alarms four times out of five: (z of the level + z of 0.8)
 * √((1/n + 1/m) π / 3); π / 3 is what ranks cost.
 */
export function toSmallestShift(level: number, n: number, m: number): number | null {
  if (n === 0) return null;
  const z = toNormalQuantile(1 - level / 2) + toNormalQuantile(0.8);
  return z * Math.sqrt(((1 / n + 1 / m) * Math.PI) / 3);
}
