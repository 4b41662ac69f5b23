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
import { toFisher, toSmirnov } from './distributions.ts';
import { getDrift, toThresholds } from './drift.ts';
import { setReference, sketchRows } from './reference.ts';

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

describe('chances', () => {
  it('are those of R', () => {
    // fisher.test(matrix(c(8, 2, 1, 5), 2), alternative = "greater")$p.value, doubled.
    expect(toFisher(8, 10, 1, 6)).toBeCloseTo(2 * 0.024_475_524_475_524_48, 12);
    expect(toFisher(0, 100, 0, 100)).toBe(1);
    expect(toFisher(50_000, 1_000_000, 50_000, 1_000_000)).toBeGreaterThan(0.99);
    // psmirnov(0.3, sizes = c(100, 100), exact = FALSE, lower.tail = FALSE): 0.0002468; one term is never less.
    expect(toSmirnov(0.3, 100, 100)).toBeCloseTo(0.000_246_8, 6);
  });

  it('split the chance of a month between its tests', () => {
    expect(toThresholds(0.05, 24, 10)).toEqual({
      threshold: 0.025 / 300,
      earlyThreshold: 0.025 / 7200,
      tests: 7500,
    });
    expect(toThresholds(0.05, 168, 4)).toMatchObject({ threshold: 0.025 / 20 });
  });
});

describe('false alarms', () => {
  it('come in no more months than is stated, with one reference for all windows', () => {
    const random = createSeeded(7);
    const normal = () =>
      Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(6.283_185_307 * random());
    const [alert, months, windows] = [0.2, 150, 10];
    const { threshold, earlyThreshold } = toThresholds(alert, 72, 4);
    let alarms = 0;
    for (let month = 0; month < months; month++) {
      const draws = [
        () => toSketch(150, normal),
        () => toSketch(150, () => Math.round(normal())),
        () => toLevels(150, random, [0.5, 0.3, 0.2]),
        () => toLevels(150, random, [0.97, 0.02, 0.01]),
      ];
      const references = draws.map((draw) => draw());
      const isAlarm = Array.from({ length: windows }).some(() =>
        draws.some((draw, index) => {
          // A window is looked at three times while it fills, and once when it is whole.
          const window = draw();
          const before = references[index] ?? createFieldSketch(BINS);
          for (let look = 0; look < 3; look++) {
            if (compareField('x', window, before, 0).p < earlyThreshold) return true;
            mergeField(window, draw());
          }
          return compareField('x', window, before, 0).p < threshold;
        }),
      );
      if (isAlarm) alarms++;
    }
    // 150 months at a chance of 0.2 have fewer than 46 alarms in 999 of 1,000 cases.
    expect(alarms).toBeLessThan(46);
  });
});

describe('a field', () => {
  const random = createSeeded(11);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(6.283_185_307 * random());
  const reference = toSketch(2000, normal);

  it('that moved is found, and one that did not is not', () => {
    const moved = compareField(
      'wt',
      toSketch(500, () => normal() + 0.5),
      reference,
    );
    expect(moved.p).toBeLessThan(1e-6);
    expect(moved.psi?.value).toBeGreaterThan(0.1);
    expect(moved.psi?.low).toBeLessThan(moved.psi?.value ?? 0);
    const same = compareField('wt', toSketch(500, normal), reference);
    expect(same.p).toBeGreaterThan(0.01);
    expect(same.psi?.low).toBeLessThan(0.02);
    // Eight parts of about a tenth or more each.
    expect(same.psiWithoutDrift).toBeCloseTo(7 * (1 / 500 + 1 / 2000), 12);
  });

  it('with a new level or more missing values says which', () => {
    const before = toLevels(1000, random, [0.5, 0.5]);
    const after = toLevels(1000, random, [0.4, 0.3, 0.3]);
    expect(compareField('region', after, before)).toMatchObject({
      kind: 'category',
      reason: 'the share of l2',
    });
    const missing = { ...toLevels(1000, random, [0.5, 0.5]), missing: 200 };
    expect(compareField('region', missing, before).reason).toBe('the share of missing values');
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
      threshold: 0.025 / 90,
      earlyThreshold: 0.025 / 2160,
    });
    expect(report.windows).toMatchObject([
      { rows: 600, isComplete: true, isAlert: false },
      { rows: 300, isComplete: false, isAlert: false },
    ]);
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
      why: 'the distribution of wt is not what it was in the reference',
    });
    expect(whole?.fields.filter(({ isAlert }) => isAlert)).toHaveLength(1);
  });
});
