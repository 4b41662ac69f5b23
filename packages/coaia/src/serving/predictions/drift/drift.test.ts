/** Drift: statistics against known values, alarms where there is drift, and how seldom there are any without. */
import { createSeeded } from '#curation';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createFieldSketch,
  createSketch,
  mergeField,
  toBin,
  type Bins,
  type FieldSketch,
} from '../sketches/sketch.ts';
import { registerModel, SCOPE, SIGNATURE, toPorts } from '../testing/make-predictions.ts';
import { compareField } from './compare-field.ts';
import { toPositionChange, toShareChange } from './change.ts';
import { toFisher, toSmirnov, toUpperTail } from './distributions.ts';
import { getDrift } from './drift.ts';
import { testField, toScoreChance } from './field-tests.ts';
import { toLevel } from './level.ts';
import { setReference, sketchRows } from './reference.ts';
import { toIndex } from './stability-index.ts';
import { judgeWhole, toLevels as toLevelsOf } from './verdict.ts';

const BINS: Bins = { kind: 'range', low: -3, high: 3, count: 32 };

function toSketch(count: number, draw: () => number): FieldSketch {
  const sketch = createFieldSketch(BINS);
  for (let index = 0; index < count; index++) {
    const bin = toBin(BINS, draw());
    sketch.count++;
    sketch.histogram[bin] = (sketch.histogram[bin] ?? 0) + 1;
  }
  return sketch;
}

function toLevels(count: number, random: () => number, shares: readonly number[]): FieldSketch {
  const sketch = createFieldSketch(undefined);
  for (let index = 0; index < count; index++) {
    let [left, level] = [random(), 0];
    while (level < shares.length - 1 && left > (shares[level] ?? 0)) left -= shares[level++] ?? 0;
    sketch.count++;
    if (random() < 0.02) sketch.missing++;
    else sketch.levels[`l${level}`] = (sketch.levels[`l${level}`] ?? 0) + 1;
  }
  return sketch;
}

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

describe('false alarms', () => {
  it('come in no more months than is stated, with one reference for all windows', () => {
    const random = createSeeded(7);
    const normal = () =>
      Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(6.283_185_307 * random());
    const [months, windows, size] = [30, 10, 200];
    const draws = [
      () => toSketch(size, normal),
      () => toSketch(size, () => Math.round(normal())),
      () => toLevels(size, random, [0.5, 0.3, 0.2]),
      () => toLevels(size, random, [0.97, 0.02, 0.01]),
    ];
    let alarms = 0;
    for (let month = 0; month < months; month++) {
      const sketch = createSketch();
      for (const [index, draw] of draws.entries()) sketch.inputs[`x${index}`] = draw();
      const reference = { sketch, related: undefined, rows: size };
      const levels = toLevelsOf({ alert: 0.2, windowHours: 72, reference }, size);
      const isAlarm = draws.some((draw, index) => {
        const before = sketch.inputs[`x${index}`] ?? createFieldSketch(BINS);
        const long = createFieldSketch(before.bins);
        return Array.from({ length: windows }).some((_, window) => {
          const now = draw();
          mergeField(long, now);
          const together = window < 7 ? long : undefined;
          return (judgeWhole(before, now, together, levels, window)?.p ?? 1) < levels.whole;
        });
      });
      if (isAlarm) alarms++;
    }
    // 30 months at a chance of 0.2 have fewer than 14 alarms in 999 of 1,000 cases.
    expect(alarms).toBeLessThan(14);
  });
});

describe('a field', () => {
  const random = createSeeded(11);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(6.283_185_307 * random());
  const reference = toSketch(2000, normal);
  const least = (live: FieldSketch, before: FieldSketch) => {
    const { main, rest } = testField(live, before);
    return [...main, ...rest].toSorted((left, right) => left.p - right.p)[0];
  };

  it('that moved or spread is found, and one that did not is not', () => {
    const moved = toSketch(500, () => normal() + 0.3);
    expect(least(moved, reference)).toMatchObject({ name: 'the position' });
    expect(least(moved, reference)?.p).toBeLessThan(1e-6);
    expect(compareField('wt', moved, reference).psi?.low).toBeGreaterThan(0.01);
    const wide = toSketch(500, () => normal() * 1.4);
    expect(least(wide, reference)).toMatchObject({ name: 'the spread' });
    const same = toSketch(500, normal);
    expect(least(same, reference)?.p).toBeGreaterThan(0.01);
    expect(compareField('wt', same, reference).psi?.low).toBeLessThan(0.02);
    // Eight parts of about a tenth or more each.
    expect(compareField('wt', same, reference).psiWithoutDrift).toBeCloseTo(
      7 * (1 / 500 + 1 / 2000),
      12,
    );
  });

  it('with a new level or more missing values says which', () => {
    const before = toLevels(1000, random, [0.5, 0.5]);
    const after = toLevels(1000, random, [0.4, 0.3, 0.3]);
    expect(least(after, before)?.name).toBe('the share of l2');
    expect(compareField('region', after, before)).toMatchObject({
      kind: 'category',
      change: { what: 'l2' },
    });
    const missing = { ...toLevels(1000, random, [0.5, 0.5]), missing: 200 };
    expect(least(missing, before)?.name).toBe('the share of missing values');
    const infinite = { ...toSketch(500, normal), other: 100, count: 600 };
    expect(least(infinite, reference)?.name).toBe('the share of missing values');
  });

  it('with more levels than are counted is not judged by their shares', () => {
    const before = toLevels(1000, random, [0.5, 0.5]);
    const crowded = { ...toLevels(1000, random, [0.9, 0.1]), other: 5 };
    expect(compareField('zip', crowded, before)).toMatchObject({ kind: 'counted', psi: null });
    expect(least(crowded, before)?.name).toBe('the share of missing values');
  });
});

describe.each(openTestDatabases())('reports on $name', ({ open }) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
    await registerModel(db);
  });
  afterAll(() => db.close());

  const rows = (count: number, wt: (index: number) => number) =>
    Array.from({ length: count }, (_, index) => ({
      wt: String(wt(index)),
      region: index % 2 === 0 ? 'north' : 'south',
      income: '5',
    }));

  it('alarm for whole windows, and for the one that is filling by its full hours', async () => {
    const ports = toPorts(db);
    const now = Date.parse('2026-03-10T05:30:00Z');
    const at = { ...ports, clock: () => now };
    expect(await getDrift(at, SCOPE, 'cars', {})).toMatchObject({
      reference: null,
      windows: [],
      reason: expect.stringContaining('no reference'),
    });
    await setReference(ports, SCOPE, 'cars', {
      version: 1,
      source: 'examples.csv',
      rows: rows(400, (index) => 1 + (index % 50) / 10),
    });
    const write = (hour: string, wt: (index: number) => number, writer: string) => {
      const sketch = { ...createSketch(), ...sketchRows(SIGNATURE, rows(300, wt)) };
      const row = {
        project_id: 'default',
        model: 'cars',
        version: 1,
        route: 'live',
        hour: Date.parse(hour),
        writer,
        sketch: JSON.stringify(sketch),
      };
      return db.write((tx) => tx.upsert('prediction_sketches', [row]));
    };
    await write('2026-03-09T03:00:00Z', (index) => 1 + (index % 50) / 10, 'a');
    await write('2026-03-09T04:00:00Z', (index) => 1 + (index % 50) / 10, 'b');
    await write('2026-03-10T05:00:00Z', () => 8, 'a');
    const report = await getDrift(at, SCOPE, 'cars', { windowHours: 24, alert: 0.05 });
    expect(report).toMatchObject({
      reference: { source: 'examples.csv', rows: 400 },
      falseAlarmRate: 0.05,
    });
    expect(report.windows).toMatchObject([
      { rows: 600, isComplete: true, isAlert: false, smallestShift: expect.closeTo(0.28, 1) },
      { rows: 300, isComplete: false, isAlert: false, threshold: expect.closeTo(0.005 / 2250, 12) },
    ]);
    expect(report.windows[1]?.fields[0]).toMatchObject({ p: null, isAlert: false });
    const hourLater = { ...at, clock: () => Date.parse('2026-03-10T06:00:00Z') };
    const [, early] = (await getDrift(hourLater, SCOPE, 'cars', { windowHours: 24 })).windows;
    expect(early).toMatchObject({ isComplete: false, isAlert: true });
    const later = { ...at, clock: () => Date.parse('2026-03-11T00:00:00Z') };
    const [, whole] = (await getDrift(later, SCOPE, 'cars', { windowHours: 24 })).windows;
    expect(whole).toMatchObject({ isComplete: true, isAlert: true });
    expect(whole?.fields[0]).toMatchObject({
      name: 'wt',
      isAlert: true,
      outside: { value: 1 },
      why: 'the share outside of the training range of wt is not what it was in the reference',
    });
    expect(whole?.fields.filter(({ isAlert }) => isAlert)).toHaveLength(1);
  });
});
