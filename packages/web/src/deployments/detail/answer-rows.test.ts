import { expect, it } from 'vitest';
import { toAnswerRows } from './answer-rows.ts';

it('gives values of a single output their name, and leaves rows as they are', () => {
  const outputs = [{ name: 'mpg' }] as never;
  expect(toAnswerRows({ predictions: [21.5, null, [1, 2]] }, { outputs })).toEqual([
    { mpg: 21.5 },
    { mpg: null },
    { mpg: [1, 2] },
  ]);
  expect(toAnswerRows({ predictions: [{ label: 'a' }] }, { outputs })).toEqual([{ label: 'a' }]);
  expect(toAnswerRows({ predictions: ['a'] }, undefined)).toEqual([{ prediction: 'a' }]);
});
