import { describe, expect, it } from 'vitest';
import { toComparedRows } from './compare-answers.ts';
import { toFirst, toObstacle } from './repeatable.ts';

describe('two answers to the same rows', () => {
  it('stand beside each other by name and class', () => {
    expect(
      toComparedRows(
        [{ label: 'yes', probability: [0.25, 0.75] }],
        [{ label: 'no', probability: [0.75, 0.25] }],
        ['no', 'yes'],
      ),
    ).toEqual([
      { name: 'label', before: 'yes', after: 'no', change: 'other' },
      { name: 'probability no', before: 0.25, after: 0.75, change: 0.5 },
      { name: 'probability yes', before: 0.75, after: 0.25, change: -0.5 },
    ]);
  });

  it('are told apart by row, and what one of them lacks is absent', () => {
    expect(toComparedRows([{ a: 1 }], [{ a: 1 }, { b: [2] }])).toEqual([
      { name: '1 a', before: 1, after: 1, change: 'same' },
      { name: '2 b 1', before: undefined, after: 2, change: 'other' },
    ]);
    expect(toComparedRows([], [])).toEqual([]);
  });
});

describe('a recorded prediction', () => {
  const field = (name: string, more: object = {}) => ({ name, required: true, ...more });
  const inputs = [field('wt'), field('income', { sensitive: true, required: false })];
  const versions = [2, 1].map((version) => ({ version, signature: { inputs } })) as never;

  it('can be run again where its whole input is there', () => {
    const toReason = (rows: number, ...kept: readonly object[]) =>
      toObstacle({ inputs: kept as never, rows, version: 1 }, versions);
    expect(toReason(1, { wt: 1, income: 2 })).toBeUndefined();
    expect(toReason(1, { wt: 1 })).toContain('Values of income are not recorded');
    expect(toReason(2, { wt: 1, income: 2 })).toContain('first 1 of 2 rows');
    expect(toObstacle({ inputs: null, rows: 1, version: 1 }, versions)).toContain('not recorded');
  });

  it('is run on the newest other version at first', () => {
    expect([1, 2].map((version) => toFirst(version, versions))).toEqual([2, 1]);
    expect(toFirst(1, [])).toBe(1);
  });
});
