/** The numbers that drift is made of, against R, SciPy and NumPy. */
import { createSeeded } from '#curation';
import { describe, expect, it } from 'vitest';
import { createFieldSketch, type Bins, type FieldSketch } from '../sketches/sketch.ts';
import type { Field } from '../../signatures/signature.ts';
import { SIGNATURE } from '../testing/make-predictions.ts';
import { toPositionChange, toShareChange } from './change.ts';
import { compareField } from './compare-field.ts';
import { toFisher, toSmirnov, toUpperTail } from './distributions.ts';
import { testField, toScoreChance } from './field-tests.ts';
import { toLevel } from './level.ts';
import { sketchRows } from './reference.ts';
import { relate } from './relate.ts';
import { toIndex } from './stability-index.ts';

const BINS: Bins = { kind: 'range', low: -3, high: 3, count: 32 };

const toParts = (live: readonly number[], reference: readonly number[]) =>
  live.map((count, index) => ({
    part: String(index),
    live: count,
    reference: reference[index] ?? 0,
  }));
const LIVE = [10, 25, 15, 10];
const REFERENCE = [20, 22, 10, 8];

describe('chances', () => {
  it('are those of R', () => {
    // fisher.test(matrix(c(8, 2, 1, 5), 2), alternative = "greater")$p.value, doubled.
    expect(toFisher(8, 10, 1, 6)).toBeCloseTo(2 * 0.024_475_524_475_524_48, 12);
    expect(toFisher(0, 100, 0, 100)).toBe(1);
    expect(toFisher(50_000, 1_000_000, 50_000, 1_000_000)).toBeGreaterThan(0.99);
    // Every term is nought as a double: a hundred million of them would take minutes.
    expect(toFisher(9e8, 1e9, 1e8, 1e9)).toBe(0);
    // psmirnov(0.3, sizes = c(100, 100), exact = FALSE, lower.tail = FALSE): 0.0002468; one term is never less.
    expect(toSmirnov(0.3, 100, 100)).toBeCloseTo(0.000_246_8, 6);
    // k <- 16; pgamma(k + 4 * sqrt(k), k, lower.tail = FALSE); pgamma(k - 2.5 * sqrt(k), k): skewness 0.5.
    expect(toUpperTail(4, 0.5) / 6.599_275_5e-4).toBeCloseTo(1, 1);
    expect(toUpperTail(2.5, -0.5) / 5.090_982_7e-4).toBeCloseTo(1.08, 2);
    expect(toUpperTail(1.96, 0)).toBeCloseTo(0.025, 4);
  });

  it('of ranks with ties are those of R', () => {
    // a <- rep(1:4, c(10, 25, 15, 10)); b <- rep(1:4, c(20, 22, 10, 8));
    // wilcox.test(a, b, exact = FALSE, correct = FALSE)$p.value
    const [position, spread] = testField(toNumbers(LIVE), toNumbers(REFERENCE)).main;
    expect(position?.p).toBeCloseTo(0.061_662_596_940_3, 10);
    // u <- (rank(c(a, b)) - 0.5) / 120; s <- (u - 0.5)^2; v <- 60 * 60 / (120 * 119) * sum((s - mean(s))^2);
    // 2 * pnorm(-abs(sum(s[1:60]) - 60 * mean(s)) / sqrt(v))
    expect(spread?.p).toBeCloseTo(0.336_863_518_865, 10);
    // Two values and skewed: 2 * phyper(34, 94, 2406, 500, lower.tail = FALSE); without skewness it is 2.5e-5.
    const skewed = toScoreChance(toParts([465, 35], [1941, 59]), (rank) => rank);
    expect(skewed / 0.000_118_34).toBeGreaterThan(0.7);
    expect(skewed / 0.000_118_34).toBeLessThan(1.1);
  });

  it('leave a month its rate, and related fields a higher level', () => {
    const tests = { related: undefined, single: 20, ratio: 0.25, windows: 2, alert: 0.05 };
    const apart = toLevel(tests);
    expect(apart).toBeGreaterThanOrEqual(0.05 / (2 * 2 * 20));
    expect(apart).toBeLessThan(0.05 / (2 * 20));
    const correlations = Array.from({ length: 190 }, () => 0.9);
    const fields = Array.from({ length: 10 }, (_, index) => `input x${index}`);
    expect(toLevel({ ...tests, single: 0, related: { fields, correlations } })).toBeGreaterThan(
      1.4 * apart,
    );
    // Too few months lie beyond so small a chance: Bonferroni.
    expect(toLevel({ ...tests, alert: 0.001 })).toBe(0.001 / (2 * 2 * 20));
  });
});

it('a reference is counted as predictions are: levels by what they mean, words for nothing as missing', () => {
  const [wt] = SIGNATURE.inputs;
  if (wt === undefined) throw new Error('the fixture has no inputs');
  const { trained: _, ...base } = wt;
  const plain = { ...base, type: 'category' } as const;
  const inputs = [
    { ...plain, name: 'is', datatype: 'BOOL', levels: [false, true] },
    { ...plain, name: 'region', datatype: 'BYTES', levels: ['NA', 'EU'] },
  ] as const;
  const rows = [
    { is: 'TRUE', region: ' EU' },
    { is: 'True', region: 'NA' },
    { is: 'None', region: 'NaN' },
  ];
  const { inputs: counted } = sketchRows({ ...SIGNATURE, inputs }, rows);
  expect(counted['is']).toMatchObject({ levels: { true: 2 }, missing: 1, unseen: 0 });
  expect(counted['region']).toMatchObject({ levels: { EU: 1, NA: 1 }, missing: 1, unseen: 0 });
});

it('texts that training had seen are counted by name, all others together', () => {
  const [wt] = SIGNATURE.inputs;
  if (wt === undefined) throw new Error('the fixture has no inputs');
  const { trained: _, ...base } = wt;
  const text = { ...base, name: 'plan', type: 'string', datatype: 'BYTES' } as const;
  const count = (field: Field, plans: readonly string[]) => {
    const rows = plans.map((plan) => ({ plan }));
    const { plan } = sketchRows({ ...SIGNATURE, inputs: [field] }, rows).inputs;
    if (plan === undefined) throw new Error('plan was not counted');
    return plan;
  };
  const open = { ...text, seen: ['basic', 'pro'] };
  const reference = count(open, ['basic', 'pro', 'basic', 'pro']);
  const live = count(open, ['basic', 'Ada, 12 Main Street', 'gold', 'basic']);
  expect(live).toMatchObject({ levels: { basic: 2, '(not seen in training)': 2 }, unseen: 2 });
  expect(compareField('plan', live, reference)).toMatchObject({
    kind: 'category',
    change: { what: '(not seen in training)', value: 0.5 },
    outside: { value: 0.5 },
  });
  for (const hidden of [text, { ...open, sensitive: true }]) {
    expect(count(hidden, ['basic', 'gold'])).toMatchObject({ count: 2, levels: {}, unseen: 0 });
  }
});

describe('fields that go together', () => {
  it('are known by the rows of the reference, less two standard errors', () => {
    const [wt] = SIGNATURE.inputs;
    if (wt === undefined) throw new Error('the fixture has no inputs');
    const names = ['same', 'other'];
    const signature = { ...SIGNATURE, inputs: [wt, ...names.map((name) => ({ ...wt, name }))] };
    const random = createSeeded(5);
    const rows = Array.from({ length: 400 }, () => {
      const value = 1 + 5 * random();
      return { wt: value, same: value, other: 1 + 5 * random() };
    });
    const related = relate(signature, sketchRows(signature, rows), rows, Number);
    expect(related?.fields).toEqual(['input wt', 'input same', 'input other']);
    // Position and spread of each: same with wt is 1 - 2 / √400, what is unrelated is nought.
    expect(related?.correlations).toEqual([
      0,
      0.9,
      0,
      0,
      0.9,
      0,
      ...Array.from({ length: 9 }, () => 0),
    ]);
    expect(
      relate(signature, sketchRows(signature, rows), rows.slice(0, 20), Number),
    ).toBeUndefined();
  });
});

const toNumbers = (counts: readonly number[]): FieldSketch => {
  const sketch = createFieldSketch(BINS);
  for (const [index, count] of counts.entries()) sketch.histogram[index + 1] = count;
  sketch.count = counts.reduce((sum, count) => sum + count, 0);
  return sketch;
};

describe('changes', () => {
  it('have the intervals of R', () => {
    // mean(outer(a, b, ">") + 0.5 * outer(a, b, "=="))
    const position = toPositionChange(toParts(LIVE, REFERENCE));
    expect(position?.value).toBeCloseTo(0.594_444_4, 6);
    expect(position?.low).toBeLessThan(0.5);
    expect(position?.high).toBeGreaterThan(0.6);
    // Newcombe's tenth from prop.test(60, 120, correct = FALSE)$conf.int and prop.test(40, 110, ...).
    const share = toShareChange(toParts([60, 60], [40, 70]));
    expect(share?.value).toBeCloseTo(60 / 120 - 40 / 110, 12);
    expect(share?.low).toBeCloseTo(0.008_223_187, 6);
    expect(share?.high).toBeCloseTo(0.257_983_2, 6);
    // A window wholly above the reference has an interval, too.
    expect(toPositionChange(toParts([0, 30], [30, 0]))).toMatchObject({ value: 1, high: 1 });
    expect(toPositionChange(toParts([0, 30], [30, 0]))?.low).toBeLessThan(0.95);
  });

  it('and the index are those of NumPy', () => {
    // p = (live + 0.5) / (live.sum() + 1.5); q likewise; ((p - q) * np.log(p / q)).sum()
    expect(toIndex(toParts([30, 50, 20], [100, 120, 180]))).toBeCloseTo(
      0.307_069_381_195_922_4,
      12,
    );
  });
});
