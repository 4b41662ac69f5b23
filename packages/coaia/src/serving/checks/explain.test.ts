import { afterAll, expect, test } from 'vitest';
import { toQuestion } from './explain.ts';
import { removeProjects, writeProject } from './testing/check-fixture.ts';

afterAll(removeProjects);

const FINDING = {
  code: 'AO614',
  severity: 'error',
  message: 'F821: Undefined name `y`',
  file: 'model.py',
  line: 30,
  fix: 'change the line',
} as const;

test('a question holds the finding, its meaning and twenty lines around its place, without secrets', () => {
  const lines = Array.from({ length: 40 }, (_, at) =>
    at === 27 ? 'password = "hunter2hunter2"' : `x${at + 1} = y`,
  );
  const folder = writeProject({ 'model.py': lines.join('\n') });
  const question = toQuestion(folder, FINDING, 'ruff found a mistake.');
  expect(question).toContain('Finding AO614 at model.py:30: F821: Undefined name `y`');
  expect(question).toContain('What AO614 means: ruff found a mistake.');
  expect(question).toContain('30: x30 = y');
  expect(question).toContain('28: (a line with a secret)');
  expect(question).not.toContain('hunter2');
  const numbers = [...question.matchAll(/^(\d+): /gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => at + 20));
});

test('nothing outside of the project and no model file is sent', () => {
  const folder = writeProject({ 'model.bin': 'a\0b' });
  expect(toQuestion(folder, { ...FINDING, file: '../../etc/passwd' }, undefined)).not.toContain(
    'Lines of',
  );
  expect(toQuestion(folder, { ...FINDING, file: 'model.bin' }, undefined)).not.toContain(
    'Lines of',
  );
});
