import { describe, expect, it } from 'vitest';
import { toText } from '../lib/format.ts';
import { toDigits, toInterval, toRate, toShare, toShareInterval } from './numbers.ts';

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
    expect(toShareInterval(null)).toBe('–');
  });

  it('says how sure a number is', () => {
    expect(toShareInterval({ value: 0.25, low: 0.072, high: 0.5907, count: 8 })).toBe(
      '25 % (7.2 to 59 %)',
    );
    expect(toShareInterval({ value: 0, low: null, high: null, count: 1 })).toBe('0 %');
    expect(toInterval({ value: 0.5, low: 0.4, high: 0.6, count: 9 })).toBe('0.5 (0.4 to 0.6)');
    expect(toInterval({ value: 0.5, low: null, high: null, count: 1 })).toBe('0.5');
  });
});
