import { createSeeded } from '#curation';
import { describe, expect, it } from 'vitest';
import { toBinned, toCalibrationError, toErrorInterval } from './calibration-error.ts';

const random = createSeeded(7);
const make = (count: number, draw: () => number, toTruth = (chance: number) => chance) =>
  Array.from({ length: count }, () => {
    const chance = draw();
    return { chance, hasHappened: random() < toTruth(chance) };
  });

describe('the calibration error', () => {
  it('has bins of equal width where chances are spread', () => {
    const { binning, bins, places } = toBinned(make(400, random));
    expect(binning).toBe('width');
    expect(bins.map(({ from, to }) => [from, to])).toEqual(
      Array.from({ length: 10 }, (_, index) => [index / 10, (index + 1) / 10]),
    );
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(places.length);
  });

  it('has bins of equal counts where they are not; equal chances stay together', () => {
    const rare = toBinned(make(1000, () => 0.1 * random() ** 2));
    expect(rare.binning).toBe('count');
    for (const { count } of rare.bins) expect(count).toBe(100);
    expect(rare.bins.every(({ from, to, predicted }) => from <= predicted && predicted <= to)).toBe(
      true,
    );
    const same = toBinned(make(50, () => 0.3));
    expect(same).toMatchObject({ binning: 'count', bins: [{ from: 0.3, to: 0.3, count: 50 }] });
    const two = toBinned(make(60, () => (random() < 0.5 ? 0.01 : 0.02)));
    expect(two.bins.map(({ from, to, predicted }) => [from, to, predicted.toFixed(2)])).toEqual([
      [0.01, 0.02, '0.01'],
      [0.02, 0.02, '0.02'],
    ]);
  });

  it('has an interval that holds the true error, and begins at 0 where every chance may be right', () => {
    const right = make(2000, random);
    const binned = toBinned(right);
    const { low, high } = toErrorInterval(right, binned);
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(toCalibrationError(binned));
    // Everything happens a tenth more often than was said: 0.1, where there is room.
    const wrong = make(
      2000,
      () => 0.9 * random(),
      (chance) => chance + 0.1,
    );
    const interval = toErrorInterval(wrong, toBinned(wrong));
    expect(interval.low).toBeGreaterThan(0.05);
    expect(interval.low).toBeLessThan(0.1);
    expect(interval.high).toBeGreaterThan(0.1);
    expect(interval.high).toBeLessThan(0.15);
  });
});
