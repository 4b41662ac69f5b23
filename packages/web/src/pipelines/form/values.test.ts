import { describe, expect, test } from 'vitest';
import type { FormVariable } from '../pipeline.ts';
import { readValues, toFormValues, toVarFlags } from './values.ts';

const variables: readonly FormVariable[] = [
  { name: 'topic', type: 'string', required: true },
  { name: 'count', type: 'number', required: true, default: 3 },
  { name: 'steps', type: 'list', required: false, default: ['load', 'export'] },
  { name: 'judge', type: 'boolean', required: false, default: false },
  { name: 'token', type: 'string', required: false, secret: true },
];
const said = { needed: 'needed', notNumber: 'not a number' };

describe('the form of a pipeline', () => {
  test('begins with the defaults and reads back the same', () => {
    const values = toFormValues(variables);
    expect(values).toEqual({
      topic: '',
      count: '3',
      steps: 'load\nexport',
      judge: false,
      token: '',
    });
    expect(readValues(variables, { ...values, topic: 'rain' }, said)).toEqual({
      variables: { topic: 'rain' },
      faults: {},
    });
    const changed = { ...values, topic: 'rain', steps: 'load', judge: true, count: '4' };
    expect(readValues(variables, changed, said).variables).toEqual({
      topic: 'rain',
      steps: ['load'],
      judge: true,
      count: 4,
    });
  });

  test('takes over the values of a run, but no masked secret', () => {
    const values = toFormValues(variables, { topic: 'rain', judge: true, token: '***' });
    expect(values).toMatchObject({ topic: 'rain', judge: true, token: '', count: '3' });
  });

  test('sends no default that the server works out', () => {
    const computed = [
      { name: 'model', type: 'string', required: true, default: "{{ other or 'gpt-4' }}" },
    ] as const;
    expect(toFormValues(computed)).toEqual({ model: '' });
    expect(readValues(computed, { model: '' }, said)).toEqual({ variables: {}, faults: {} });
  });

  test('says what is needed and what is no number', () => {
    const { faults } = readValues(variables, { topic: ' ', count: 'many' }, said);
    expect(faults).toEqual({ topic: 'needed', count: 'not a number' });
    expect(readValues(variables, { topic: 'x', count: '' }, said).faults).toEqual({});
  });

  test('gives words for the command line, the default and the secret left out', () => {
    const values = { topic: "it's", count: 3, steps: ['a'], judge: true, token: 's3cret' };
    expect(toVarFlags(variables, values)).toEqual([
      String.raw`--var 'topic=it'\''s'`,
      `--var 'steps:=["a"]'`,
      '--var judge:=true',
      '--var token="$TOKEN"',
    ]);
  });
});
