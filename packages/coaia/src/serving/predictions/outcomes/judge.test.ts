/** What happened beside what was predicted: right, wrong, or not known. */
import { expect, it } from 'vitest';
import type { Signature } from '../../signatures/signature.ts';
import { judge } from './judge.ts';

function of(task: Signature['task'], classes?: Signature['classes']): Signature {
  return {
    task,
    inputs: [],
    outputs: [],
    example: {},
    ...(classes === undefined ? {} : { classes }),
  };
}

const correct = (predicted: Record<string, unknown>, actual: unknown, signature: Signature) =>
  judge(predicted, actual, signature).scores['correct'];

it('numbers stand for the class that is written so', () => {
  const codes = of('classification', ['01', '02']);
  expect(correct({ label: '01' }, 1, codes)).toBe(1);
  expect(correct({ label: '01' }, '02', codes)).toBe(0);
  const words = of('classification', ['no', 'yes']);
  expect([1, 'true', 'yes', '0'].map((actual) => correct({ label: 'yes' }, actual, words))).toEqual(
    [1, 1, 1, 0],
  );
});

it('what is not known is neither right nor wrong', () => {
  const words = of('classification', ['no', 'yes']);
  for (const actual of ['NA', '', null, { label: null }])
    expect(judge({ label: 'yes' }, actual, words)).toEqual({
      kind: 'none',
      scores: {},
      loss: null,
    });
  expect(correct({ label: 'NA' }, 'NA', of('classification', ['NA', 'EU']))).toBe(1);
  // Chances that the model did not give are not nought.
  expect(judge({ label: 'yes', probability: [null, null] }, 'no', words).scores).toEqual({
    correct: 0,
  });
});

it('a chance is of the second class, where the classes are known', () => {
  const words = of('probability', ['no', 'yes']);
  expect(judge({ prediction: 0.8 }, 'yes', words).scores).toMatchObject({
    correct: 1,
    log_loss: -Math.log(0.8),
  });
  const unknown = of('probability');
  expect(correct({ prediction: 0.8 }, 1, unknown)).toBe(1);
  expect(judge({ prediction: 0.8 }, 'yes', unknown).kind).toBe('none');
});
