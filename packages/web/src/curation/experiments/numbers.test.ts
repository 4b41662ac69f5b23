import { expect, test } from 'vitest';
import {
  isBetter,
  toDeltaText,
  toIntervalText,
  toPText,
  toSummaryText,
  toValueText,
} from './numbers.ts';

test('values are written in their own unit; what is unknown is a dash', () => {
  expect(toValueText(0.833_33, 'number')).toBe('0.833');
  expect(toValueText(0.833_33, 'pass')).toBe('83.3 %');
  expect(toValueText(0.0123, 'cost')).toBe('$0.0123');
  expect(toValueText(1240, 'latency')).toBe('1.24 s');
  expect(toValueText(null, 'number')).toBe('–');
});

test('differences carry their sign; shares differ by points', () => {
  expect(toDeltaText(0.05, 'pass')).toBe('+5 pp');
  expect(toDeltaText(-0.05, 'number')).toBe('\u22120.05');
  expect(toDeltaText(-120, 'latency')).toBe('\u2212120 ms');
  expect(toDeltaText(0, 'number')).toBe('0');
  expect(toIntervalText({ low: -0.1, high: 0.2 }, (value) => toDeltaText(value, 'number'))).toBe(
    '\u22120.1 to +0.2',
  );
});

test('labels are counted, the most frequent first', () => {
  const summary = {
    name: 's',
    kind: 'label',
    n: 3,
    missing: 0,
    mean: null,
    interval: null,
  } as const;
  expect(toSummaryText({ ...summary, labels: { a: 1, b: 2 } }, 'label')).toBe('b 2, a 1');
});

test('better depends on what is wanted, and is not said without a verdict', () => {
  const score = { name: 's', kind: 'number' } as const;
  expect(isBetter(score, 'higher', false)).toBe(true);
  expect(isBetter(score, 'higher', true)).toBe(false);
  expect(isBetter(score, 'too few pairs', false)).toBeUndefined();
  expect(toPText(0.000_01)).toBe('< 0.001');
});
