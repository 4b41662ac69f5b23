/** Comparing two versions on the same examples, and the gate. */
import { createSeeded } from '#curation';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../signatures/signature.ts';
import { CLASSIFIER, SIGNATURE } from '../testing/make-predictions.ts';
import { evaluate, type Example } from './evaluate.ts';
import { toDifference, toNeeded } from './difference.ts';
import { checkGate } from './gate.ts';
import { toSignFlipChance } from './sign-flips.ts';
import { toTangoInterval } from './tango.ts';

const random = createSeeded(3);
const examples: readonly Example[] = Array.from({ length: 200 }, (_, index) => {
  const wt = 1 + random() * 5;
  return { input: { wt, region: index % 4 === 0 ? 'north' : 'south' }, expected: 10 * wt };
});

/** Off by `error`, in the north by `north`. */
const predictor =
  (error: number, north = error) =>
  async (rows: readonly Row[]) =>
    rows.map(({ wt, region }) => ({
      prediction: 10 * Number(wt) + (random() - 0.5) * 2 * (region === 'north' ? north : error),
    }));

const REQUEST = {
  model: 'cars',
  version: 2,
  against: 1,
  source: 'examples.csv',
  signature: SIGNATURE,
  examples,
} as const;

describe('an evaluation', () => {
  it('passes what is better everywhere and says how sure that is', async () => {
    const found = await evaluate(
      { ...REQUEST, by: ['region'] },
      { candidate: predictor(1), baseline: predictor(4) },
    );
    expect(found).toMatchObject({
      metric: 'mae',
      examples: 200,
      failed: { candidate: 0, baseline: 0 },
      gate: { passes: true },
    });
    expect(found.overall.difference?.high).toBeLessThan(0);
    expect(found.overall.p).toBeLessThan(0.001);
    expect(found.groups.map(({ value, count }) => [value, count])).toEqual([
      ['north', 50],
      ['south', 150],
    ]);
    expect(found.power).toMatch(/^(?:You need about \d+ more outcomes|200 examples are enough)/);
    expect(found.margin).toBeCloseTo(0.05 * (found.overall.baseline?.value ?? 0), 12);
  });

  it('stops what is better on the whole and worse in a declared group', async () => {
    const predict = { candidate: predictor(1, 9), baseline: predictor(4) };
    const found = await evaluate({ ...REQUEST, by: ['region'] }, predict);
    expect(found.overall.difference?.high).toBeLessThan(0.5);
    expect(found.gate?.passes).toBe(false);
    expect(found.gate?.reasons[0]).toMatch(
      /^mae is worse where region is north: .* more than version 1/,
    );
    expect((await evaluate({ ...REQUEST, by: ['wt'] }, predict)).groups).toHaveLength(4);
  });

  it('stops what fails where the champion answers, and knows when nothing was compared', async () => {
    const failing = async (rows: readonly Row[]) =>
      rows.map((row, index) => (index === 0 ? undefined : { prediction: 10 * Number(row['wt']) }));
    const found = await evaluate(
      { ...REQUEST, by: [] },
      { candidate: failing, baseline: predictor(0) },
    );
    expect(found).toMatchObject({
      examples: 199,
      failed: { candidate: 1, baseline: 0, onlyCandidate: 1 },
      gate: {
        passes: false,
        reasons: ['Version 2 fails on 1 example that version 1 answers.'],
      },
    });
    const { against: _, ...alone } = REQUEST;
    const one = await evaluate({ ...alone, by: [] }, { candidate: predictor(1) });
    expect(one).toMatchObject({
      against: null,
      gate: null,
      overall: { baseline: null, difference: null, p: null },
    });
    expect(checkGate(one)).toMatchObject({ passes: false });
  });

  it('takes classes and chances, and states what a one-point drop needs', async () => {
    const classes: readonly Example[] = Array.from({ length: 60 }, (_, index) => ({
      input: { wt: index },
      expected: index % 3 === 0 ? 'yes' : 'no',
    }));
    const answer = (isRight: (index: number) => boolean) => async (rows: readonly Row[]) =>
      rows.map((_, index) => {
        const label = (index % 3 === 0) === isRight(index) ? 'yes' : 'no';
        return { label, probability: label === 'yes' ? [0.2, 0.8] : [0.8, 0.2] };
      });
    const request = { ...REQUEST, signature: CLASSIFIER, examples: classes, by: [] };
    const found = await evaluate(request, {
      candidate: answer(() => true),
      baseline: answer((index) => index > 4),
    });
    expect(found).toMatchObject({
      metric: 'error_rate',
      overall: { candidate: { value: 0 }, difference: { value: -5 / 60 } },
    });
    expect(found.power).toMatch(
      /^You need about \d+ more outcomes to rule out a drop of 2 points four times out of five/,
    );
    const loss = await evaluate(
      { ...request, metric: 'log_loss' },
      { candidate: answer(() => true) },
    );
    expect(loss.overall.candidate.value).toBeCloseTo(-Math.log(0.8), 10);
  });

  it('refuses metrics and examples that do not fit', async () => {
    const predict = { candidate: predictor(1) };
    await expect(evaluate({ ...REQUEST, by: [], metric: 'beauty' }, predict)).rejects.toMatchObject(
      { code: 'AO685' },
    );
    await expect(
      evaluate({ ...REQUEST, by: [], metric: 'log_loss' }, predict),
    ).rejects.toMatchObject({ code: 'AO686' });
    await expect(evaluate({ ...REQUEST, by: ['colour'] }, predict)).rejects.toMatchObject({
      code: 'AO686',
    });
  });

  it('knows the interval of paired shares', () => {
    // Maximised by brute force in SciPy: the largest multinomial likelihood for each difference, score = ±1.959964.
    expect(toTangoInterval(12, 5, 100).low).toBeCloseTo(-0.011_863_21, 7);
    expect(toTangoInterval(12, 5, 100).high).toBeCloseTo(0.157_415_606, 7);
    // Versions that never differ on 30 examples may still differ by z² / (n + z²).
    expect(toTangoInterval(0, 0, 30).high).toBeCloseTo(0.113_513_393_2, 9);
  });

  it('says that there is too little evidence rather than yes or no', () => {
    const toAnswer = (
      differences: readonly number[],
      groups: readonly (readonly number[])[] = [],
    ) => {
      const toGroup = (field: string, values: readonly number[]) => {
        const at = { value: 0, low: null, high: null, count: values.length };
        const difference = toDifference(values, { metric: 'error_rate' });
        const [p, needed] = [
          toSignFlipChance(values),
          toNeeded(values, { metric: 'error_rate', margin: 0.02 }),
        ];
        const count = values.length;
        return { field, value: 'a', count, candidate: at, baseline: at, difference, p, needed };
      };
      return checkGate({
        against: 1,
        version: 2,
        metric: 'error_rate',
        margin: 0.02,
        failed: { candidate: 0, baseline: 0, onlyCandidate: 0 },
        overall: toGroup('', differences),
        groups: groups.map((one) => toGroup('region', one)),
      });
    };
    const same = (count: number) => Array.from({ length: count }, () => 0);
    expect(toAnswer(same(3)).passes).toBe(false);
    expect(toAnswer(same(3)).reasons[0]).toBe(
      'Not enough evidence over all examples: error_rate is 0 more than version 1 (-0.56 to 0.56, 3 examples) and must be shown to be less than 0.02 more; about 4,903 more are needed if both are equally good.',
    );
    expect(toAnswer(same(400))).toEqual({
      passes: true,
      reasons: ['Not worse than version 1 by 0.02 error_rate or more, over all 400 examples.'],
    });
    // One declared group of one example holds it up; a clear fall is called one.
    expect(toAnswer(same(400), [same(399), same(1)]).reasons).toHaveLength(1);
    const worse = same(400).map((_, index) => (index % 8 === 0 ? 1 : 0));
    expect(toAnswer(worse).reasons[0]).toMatch(
      /^error_rate is worse over all examples: 0.13 more than version 1 \(0.0\d+ to 0.16, 400 examples\).$/,
    );
  });

  it('flips signs as often as chance would', () => {
    expect(toSignFlipChance([])).toBe(1);
    // Ten of one sign: 2 of 1,024 flips are as far out.
    expect(toSignFlipChance(Array.from({ length: 10 }, () => 1))).toBeCloseTo(2 / 1024, 2);
  });
});
