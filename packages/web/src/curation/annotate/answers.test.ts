import type { ScoreConfig } from '@coaia/client';
import { expect, test } from 'vitest';
import { findFault, findNextField, listChoices, toScoreValue } from './answers.ts';

const config = (change: Partial<ScoreConfig>): ScoreConfig =>
  ({
    id: 'c',
    name: 'c',
    minValue: null,
    maxValue: null,
    categories: null,
    ...change,
  }) as ScoreConfig;

test('choices come in the order of their values, with keys 1 to 9', () => {
  const categories = [
    { label: 'good', value: 2 },
    { label: 'bad', value: 1 },
  ];
  expect(listChoices(config({ dataType: 'CATEGORICAL', categories }))).toEqual([
    { label: 'bad', key: '1' },
    { label: 'good', key: '2' },
  ]);
  expect(listChoices(config({ dataType: 'BOOLEAN' })).map(({ label }) => label)).toEqual([
    'True',
    'False',
  ]);
  const many = Array.from({ length: 11 }, (_, value) => ({ label: `l${value}`, value }));
  const keys = listChoices(config({ dataType: 'CATEGORICAL', categories: many }));
  expect(keys.at(8)?.key).toBe('9');
  expect(keys.at(9)?.key).toBeUndefined();
});

test('numbers are held to their range', () => {
  const range = config({ dataType: 'NUMERIC', minValue: 0, maxValue: 10 });
  expect(findFault(range, '')).toBeUndefined();
  expect(findFault(range, '10')).toBeUndefined();
  expect(findFault(range, '11')).toBe('At most 10.');
  expect(findFault(range, '-1')).toBe('At least 0.');
  expect(findFault(range, 'x')).toBe('A number is wanted.');
});

test('answers become what the API takes', () => {
  expect(toScoreValue(config({ dataType: 'NUMERIC' }), '0.5')).toBe(0.5);
  expect(toScoreValue(config({ dataType: 'BOOLEAN' }), 'False')).toBe(0);
  expect(toScoreValue(config({ dataType: 'CATEGORICAL' }), 'good')).toBe('good');
});

test('after an answer the next open config is marked', () => {
  const configs = ['a', 'b', 'c'].map((id) => config({ id }));
  expect(findNextField(configs, { a: 'x' }, 0)).toBe(1);
  expect(findNextField(configs, { a: 'x', b: 'y' }, 0)).toBe(2);
  expect(findNextField(configs, { a: 'x', b: 'y', c: 'z' }, 2)).toBe(2);
});
