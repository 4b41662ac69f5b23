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
import { getDrift } from './drift.ts';
import { METRICS, testField } from './field-tests.ts';
import { toMetrics, toMonitorRule } from './monitor-rule.ts';
import { setReference, sketchRows } from './reference.ts';
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

describe('what is watched', () => {
  it('is everything, or what [monitor] metrics names', () => {
    const reference = { ...toSketch(100, () => 0), missing: 10, extrapolated: 2 };
    const live = { ...toSketch(100, () => 1), missing: 20, extrapolated: 5 };
    const names = (metrics?: string) => {
      const { main, rest } = testField(
        live,
        reference,
        metrics === undefined ? undefined : toMetrics(metrics),
      );
      return [...main, ...rest].map(({ name }) => name);
    };
    const shape = ['the position', 'the spread', 'the distribution'];
    const [absent, outside] = [
      'the share of missing values',
      'the share outside of the training range',
    ];
    expect(names()).toEqual(['the position', 'the spread', absent, 'the distribution', outside]);
    expect(names('ks')).toEqual(shape);
    expect(names('missing,unseen')).toEqual([absent, outside]);
    const monitor = { windowMs: 7 * 86_400_000, alert: 0.05 };
    expect(toMonitorRule({ ...monitor, metrics: ['unseen'] })).toEqual({
      windowHours: 168,
      alert: 0.05,
      metrics: 'unseen',
    });
    expect(toMonitorRule({ ...monitor, metrics: [...METRICS] })).not.toHaveProperty('metrics');
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
