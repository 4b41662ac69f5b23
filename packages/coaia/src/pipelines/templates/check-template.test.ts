import { describe, expect, test } from 'vitest';
import { checkTemplate } from './check-template.ts';
import { hasErrors } from './problem.ts';
import { makeFolder } from './testing.ts';

const check = async (fields: Readonly<Record<string, unknown>>, project = makeFolder({})) =>
  checkTemplate(
    { project },
    {
      name: 'draft',
      source: 'project',
      path: `${project}/draft.json`,
      text: JSON.stringify({ name: 'draft', version: '1.0.0', ...fields }, undefined, 1),
      format: 'json',
    },
    { actions: new Set(['llm']) },
  );
const step = (more: object) => ({ steps: [{ name: 'S', ...more }] });

describe('every rule', () => {
  test.each([
    ['schema', { steps: 'none' }],
    ['schema', step({ observation_type: 'THING' })],
    ['unknown-field', { colour: 1, ...step({}) }],
    [
      'duplicate-variable',
      { variables: [{ name: 'a' }, { name: 'a' }], ...step({ name: '{{a}}' }) },
    ],
    [
      'duplicate-step',
      {
        steps: [
          { id: 'a', name: 'A' },
          { id: 'a', name: 'B' },
        ],
      },
    ],
    [
      'default',
      { variables: [{ name: 'a', type: 'number', default: 'x' }], ...step({ name: '{{a}}' }) },
    ],
    [
      'default',
      { variables: [{ name: 'a', choices: ['x'], default: 'y' }], ...step({ name: '{{a}}' }) },
    ],
    [
      'secret-default',
      { variables: [{ name: 'a', secret: true, default: 'x' }], ...step({ name: '{{a}}' }) },
    ],
    ['secret-text', step({ metadata: { key: 'AKIAABCDEFGHIJKLMNOP' } })],
    ['rule', { variables: [{ name: 'a', pattern: '(' }], ...step({ name: '{{a}}' }) }],
    [
      'rule',
      { variables: [{ name: 'a', type: 'number', min: 2, max: 1 }], ...step({ name: '{{a}}' }) },
    ],
    ['unused-variable', { variables: [{ name: 'a' }], ...step({}) }],
    ['undefined-variable', step({ name: '{{nobody}}' })],
    ['undefined-variable', step({ conditional: 'nobody > 1' })],
    ['undefined-variable', step({ name: '{{item}}' })],
    ['undefined-filter', step({ name: "{{ 'x' | shout }}" })],
    ['undefined-function', step({ name: '{{ launch() }}' })],
    ['expression', step({ conditional: '1 +' })],
    ['expression', step({ variables: { input: '{% if %}' } })],
    ['expression', { variables: [{ name: 'a', default: '{% for x in a %}' }], ...step({}) }],
    ['expression', { variables: [{ name: 'a', default: ['{{'] }], ...step({}) }],
    ['reference', step({ parent: 'nobody' })],
    ['reference', step({ needs: ['nobody'] })],
    ['reference', step({ on_failure: 'nobody' })],
    [
      'order',
      {
        steps: [
          { name: 'A', parent: 'B' },
          { name: 'B', needs: ['A'] },
        ],
      },
    ],
    ['duration', step({ timeout: 'soon' })],
    ['unreachable', step({ conditional: '{{ false }}' })],
    ['no-action', step({ with: { a: 1 } })],
    ['undefined-action', step({ action: 'fly' })],
    ['no-steps', { steps: [] }],
    ['version', { version: 'new', ...step({}) }],
    ['file-name', { name: 'other', ...step({}) }],
    ['size', step({ description: 'x'.repeat(60_000), metadata: { a: 'x'.repeat(150_000) } })],
    ['extends', { extends: 'nobody' }],
    ['inheritance', { extends: 'simple-trace', steps: [{ name: 'No', remove: true }] }],
    ['requires', { requires: { coaia: '>=99' }, ...step({}) }],
  ])('%s: %j', async (code, fields) => {
    const problems = await check(fields);
    expect(problems.map((problem) => problem.code)).toContain(code);
  });
});

test('a template that is right has no problems', async () => {
  expect(
    await check({
      variables: [
        { name: 'words', type: 'list', default: ['a'] },
        { name: 'user_id', required: false },
      ],
      steps: [
        {
          id: 'ask',
          name: 'Ask',
          action: 'llm',
          with: { prompt: "{{ words | join(', ') }}" },
          export_as: 'answer',
        },
        { name: 'Each {{item}}', parent: 'ask', foreach: 'words', conditional: 'item' },
        { name: 'End', needs: ['ask'], variables: { output: '{{answer}} {{steps.ask.output}}' } },
      ],
    }),
  ).toEqual([]);
});

test('places have lines, in the child as well', async () => {
  const project = makeFolder({ 'base.json': { name: 'base', steps: [{ id: 'a', name: 'A' }] } });
  const problems = await check(
    { extends: 'base', steps: [{ id: 'a', parent: 'nobody' }, { name: '{{gone}}' }] },
    project,
  );
  expect(problems.map(({ code, path, line }) => [code, path, line])).toEqual([
    ['reference', 'steps.0.parent', 8],
    ['undefined-variable', 'steps.1.name', 11],
  ]);
  expect(hasErrors(problems)).toBe(true);
});
