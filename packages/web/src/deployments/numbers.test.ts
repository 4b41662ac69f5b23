import type { PredictionStatPoint } from '@coaia/client';
import { describe, expect, it } from 'vitest';
import { toText } from '../lib/format.ts';
import { toDigits, toErrorShare, toInterval, toRate, toShare } from './numbers.ts';

describe('numbers of deployments', () => {
  it('prints three digits, large ones whole and tiny ones with an exponent', () => {
    expect([0, 0.123456, 12.3456, 1234.5, 1.5e-10, 2e12].map((one) => toDigits(one))).toEqual([
      '0',
      '0.123',
      '12.3',
      '1,235',
      '1.5e-10',
      '2.0e+12',
    ]);
  });

  it('says when nothing was measured', () => {
    expect(toText(toRate(undefined))).toBe('–');
    expect(toText(toShare(null))).toBe('–');
    expect(toInterval(null)).toBe('–');
    expect(toErrorShare(undefined)).toBeNull();
    expect(toErrorShare({ predictions: 0 } as PredictionStatPoint)).toBeNull();
  });

  it('counts refusals and failures as errors', () => {
    const point = { predictions: 8, failed: 1, refused: 1 } as PredictionStatPoint;
    expect(toText(toShare(toErrorShare(point)))).toBe('25 %');
    expect(toInterval({ value: 0.5, low: 0.4, high: 0.6, count: 9 })).toBe('0.5 (0.4 to 0.6)');
    expect(toInterval({ value: 0.5, low: null, high: null, count: 1 })).toBe('0.5');
  });
});
