import type { DeploymentField } from '@coaia/client';
import { describe, expect, it } from 'vitest';
import { listFieldFaults, readTryValues, toControl, toTryValues } from './try-values.ts';

const toField = (name: string, more: Partial<DeploymentField>): DeploymentField => ({
  name,
  type: 'number',
  datatype: 'FP64',
  shape: [],
  required: true,
  nullable: false,
  ...more,
});

const fields = [
  toField('age', {}),
  toField('plan', { type: 'category', levels: ['basic', 'pro'] }),
  toField('cyl', { type: 'category', levels: [4, 6] }),
  toField('on', { type: 'boolean' }),
  toField('day', { type: 'date' }),
  toField('xs', { shape: [2] }),
  toField('gap', { nullable: true }),
  toField('rest', { required: false }),
];

const example = { age: 4.5, plan: 'pro', cyl: 6, on: true, day: '2026-01-02', xs: [1, 2] };

describe('the form that asks a model', () => {
  it('asks for each kind of field in its way', () => {
    expect(fields.map(toControl)).toEqual([
      'number',
      'choice',
      'choice',
      'choice',
      'text',
      'json',
      'number',
      'number',
    ]);
  });

  it('sends the example as it was', () => {
    const { row, badJson } = readTryValues(fields, toTryValues(fields, example));
    expect(row).toEqual({ ...example, gap: null });
    expect(badJson).toEqual([]);
  });

  it('sends what is no number as it is and names what is no JSON', () => {
    const values = { ...toTryValues(fields, example), age: 'old', xs: '[1,' };
    const { row, badJson } = readTryValues(fields, values);
    expect(row['age']).toBe('old');
    expect(badJson).toEqual(['xs']);
    const big = readTryValues(fields, { age: '9007199254740993' });
    expect(big.row['age']).toBe('9007199254740993');
  });

  it('finds the faults in a refusal', () => {
    const fault = { row: 0, field: 'age', path: 'age', got: '"old"', wanted: 'a number' };
    expect(listFieldFaults([fault, 'x', null, { field: 'y' }])).toEqual([fault]);
  });
});
