/** Comparing two versions on the same examples, and the gate. */
import { createSeeded } from '#curation';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../signatures/signature.ts';
import { CLASSIFIER, SIGNATURE } from '../testing/make-predictions.ts';
import { evaluate, type Example } from './evaluate.ts';
import { checkGate } from './gate.ts';
import { toSignFlipChance } from './sign-flips.ts';

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
      gate: { passes: false, reasons: [expect.stringContaining('fails on 1 examples')] },
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
    expect(found.power).toMatch(/^You need about \d+ more outcomes to see a drop of one point/);
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

  it('flips signs as often as chance would', () => {
    expect(toSignFlipChance([])).toBe(1);
    // Ten of one sign: 2 of 1,024 flips are as far out.
    expect(toSignFlipChance(Array.from({ length: 10 }, () => 1))).toBeCloseTo(2 / 1024, 2);
  });
});
