import { describe, expect, test } from 'vitest';
import { toLabelAgreement, toNumberAgreement } from './agreement.ts';

const times = (count: number, a: string, b: string) =>
  Array.from({ length: count }, () => ({ a, b }));

describe('agreement about labels', () => {
  test('is the textbook value for a two by two table', () => {
    // 20 and 15 agreed, 5 and 10 not: p_o = 0.7, p_e = 0.5 * 0.6 + 0.5 * 0.4 = 0.5, kappa = 0.4.
    const pairs = [
      ...times(20, 'yes', 'yes'),
      ...times(5, 'yes', 'no'),
      ...times(10, 'no', 'yes'),
      ...times(15, 'no', 'no'),
    ];
    const result = toLabelAgreement(pairs);
    expect(result).toMatchObject({ pairs: 50, agreed: 0.7, labels: ['no', 'yes'] });
    expect(result.kappa).toBeCloseTo(0.4, 12);
    expect(result.matrix).toEqual([
      [15, 10],
      [5, 20],
    ]);
  });

  test('is one for the same labels, below zero for opposite ones, null where chance explains all', () => {
    expect(toLabelAgreement([...times(3, 'a', 'a'), ...times(3, 'b', 'b')]).kappa).toBe(1);
    expect(toLabelAgreement([...times(3, 'a', 'b'), ...times(3, 'b', 'a')]).kappa).toBe(-1);
    expect(toLabelAgreement(times(5, 'a', 'a'))).toMatchObject({ agreed: 1, kappa: null });
    expect(toLabelAgreement([])).toMatchObject({ pairs: 0, kappa: null, labels: [] });
  });
});

test('agreement about numbers: bias, distance and correlation', () => {
  const pairs = [
    { a: 1, b: 2 },
    { a: 2, b: 2 },
    { a: 3, b: 5 },
  ];
  const result = toNumberAgreement(pairs);
  expect(result).toMatchObject({ pairs: 3, bias: 1, distance: 1 });
  // r = 3 / sqrt(2 * 6)
  expect(result.correlation).toBeCloseTo(3 / Math.sqrt(12), 12);
  expect(toNumberAgreement([{ a: 1, b: 1 }]).correlation).toBeNull();
  expect(toNumberAgreement([])).toEqual({
    pairs: 0,
    bias: null,
    distance: null,
    correlation: null,
  });
});
