/** Every formula against SciPy and NumPy; testing/make-expected.py says how the values were made. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toBootstrap, toResamples } from './bootstrap.ts';
import { toNormalQuantile, toNormalShare, toQuantile, toStudentQuantile } from './distributions.ts';
import { toMean, toStudentInterval, toWilsonInterval } from './intervals.ts';
import { toMcnemar } from './mcnemar.ts';
import { runBootstraps } from './run-bootstraps.ts';
import { createSeeded } from './seeded.ts';

interface Expected {
  readonly bootstrap: readonly (Span & { readonly error: number; readonly mean: number })[];
  readonly student: readonly Span[];
  readonly wilson: readonly { hits: number; n: number; low: number; high: number }[];
  readonly mcnemar: readonly { left: number; right: number; p: number; midP: number }[];
  readonly normal: readonly { x: number; share: number }[];
  readonly studentQuantile: readonly { degrees: number; t: number }[];
  readonly quantile: readonly { values: readonly number[]; share: number; value: number }[];
}

interface Span {
  readonly name: string;
  readonly values: readonly number[];
  readonly low: number;
  readonly high: number;
}

const expected = JSON.parse(
  readFileSync(new URL('./testing/expected.json', import.meta.url), 'utf8'),
) as Expected;

/** Pairs with so many that differ either way, and some that agree. */
function toPairs(left: number, right: number): readonly (readonly [boolean, boolean])[] {
  return [
    ...Array.from({ length: left }, () => [true, false] as const),
    ...Array.from({ length: right }, () => [false, true] as const),
    [true, true],
    [false, false],
  ];
}

describe('the paired bootstrap', () => {
  test.each(expected.bootstrap)(
    '$name is as SciPy has it',
    ({ values, low, high, error, mean }) => {
      const found = toBootstrap(values);
      expect(found?.resamples).toBe(10_000);
      expect(toMean(values)).toBeCloseTo(mean, 10);
      // A 2.5 % quantile of 10,000 draws is known to about 0.025 standard errors: four of those. Means of whole
      // numbers lie on a grid, and an end may fall on the next point of it.
      const grid = values.every((value) => Number.isInteger(value)) ? 1.01 / values.length : 0;
      const tolerance = Math.max(0.1 * error, grid);
      expect(Math.abs((found?.interval.low ?? Number.NaN) - low)).toBeLessThan(tolerance);
      expect(Math.abs((found?.interval.high ?? Number.NaN) - high)).toBeLessThan(tolerance);
    },
  );

  test('on two values it is what can be counted by hand', () => {
    // Four resamples of 0 and 1: a quarter has the mean 0, a quarter 1, so 95 % reach from end to end.
    expect(toBootstrap([0, 1])?.interval).toEqual({ low: 0, high: 1 });
  });

  test('the same numbers give the same interval; another seed gives another', () => {
    const values = expected.bootstrap[0]?.values ?? [];
    expect(toBootstrap(values)).toEqual(toBootstrap(values));
    expect(toBootstrap(values, 2000, 1)).not.toEqual(toBootstrap(values, 2000, 2));
  });

  test('there is none below two pairs, and none is invented where nothing differs', () => {
    expect(toBootstrap([])).toBeNull();
    expect(toBootstrap([0.4])).toBeNull();
    expect(toBootstrap([0.1, 0.1, 0.1])?.interval).toEqual({ low: 0.1, high: 0.1 });
  });

  test('many values take a thread and give what they give without one', async () => {
    const random = createSeeded(3);
    const lists = [400, 300].map((n) => Array.from({ length: n }, () => random() - 0.4));
    expect(await runBootstraps(lists)).toEqual(lists.map((values) => toBootstrap(values)));
    expect(toResamples(5000)).toBe(2000);
  });
});

test.each(expected.student)("Student's interval of $name", ({ values, low, high }) => {
  expect(toStudentInterval(values)?.low).toBeCloseTo(low, 9);
  expect(toStudentInterval(values)?.high).toBeCloseTo(high, 9);
  expect(toStudentInterval(values.slice(0, 1))).toBeNull();
});

test.each(expected.wilson)("Wilson's interval of $hits in $n", ({ hits, n, low, high }) => {
  expect(toWilsonInterval(hits, n)?.low).toBeCloseTo(low, 9);
  expect(toWilsonInterval(hits, n)?.high).toBeCloseTo(high, 9);
});

test("Wilson's interval ends at 0 where nothing was hit, and at 1 where everything was", () => {
  for (let n = 2; n <= 500; n += 1) {
    expect(toWilsonInterval(0, n)?.low).toBe(0);
    expect(toWilsonInterval(n, n)?.high).toBe(1);
  }
});

test.each(expected.mcnemar)(
  "McNemar's test of $left against $right",
  ({ left, right, p, midP }) => {
    const found = toMcnemar(toPairs(left, right));
    expect(found).toMatchObject({ onlyBaseline: left, onlyCandidate: right });
    expect(found.p).toBeCloseTo(p, 10);
    expect(found.midP).toBeCloseTo(midP, 10);
  },
);

test('distributions and quantiles', () => {
  for (const { x, share } of expected.normal) {
    expect(toNormalShare(x)).toBeCloseTo(share, 12);
    if (Math.abs(x) < 5) expect(toNormalQuantile(share)).toBeCloseTo(x, 7);
  }
  for (const { degrees, t } of expected.studentQuantile)
    expect(toStudentQuantile(0.95, degrees)).toBeCloseTo(t, 7);
  for (const { values, share, value } of expected.quantile)
    expect(toQuantile(Float64Array.from(values), share)).toBeCloseTo(value, 12);
});

test('the random numbers fill their range evenly', () => {
  const random = createSeeded(1);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let draw = 0; draw < 100_000; draw++) {
    const place = Math.floor(random() * 10);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  // Chi-squared with 9 degrees of freedom: 27.9 is passed once in a thousand.
  const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chi).toBeLessThan(27.9);
});
