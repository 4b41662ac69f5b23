import { describe, expect, test } from 'vitest';
import { renderAgain, renderPipeline } from './render-pipeline.ts';
import type { RenderPipelineOptions } from './render-pipeline.ts';
import { makeTemplate } from './testing.ts';

const render = async (
  fields: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>> = {},
  options: RenderPipelineOptions = {},
) => renderPipeline(await makeTemplate(fields), given, options);
const variables = (...names: readonly string[]) => names.map((name) => ({ name, required: false }));

test('input, output and everything else have their places', async () => {
  const { steps, trace } = await render(
    {
      version: '1.2.0',
      variables: [
        { name: 'n', type: 'number' },
        { name: 'l', type: 'list' },
      ],
      steps: [
        {
          id: 'a',
          name: 'Step {{n}}',
          observation_type: 'generation',
          description: 'about {{n}}',
          variables: {
            input: { n: '{{n}}', l: '{{l}}' },
            output: '{{n}} of {{l|length}}',
            other: '{{ n > 1 }}',
          },
          metadata: { k: 'v' },
          model: 'm-{{n}}',
          model_parameters: { temperature: '{{ n / 10 }}' },
          usage: { input: '{{n}}', output: '3' },
          level: 'warning',
          start_offset: '250ms',
          duration: 2,
        },
      ],
    },
    { n: '7', l: 'x,y' },
  );
  expect(steps).toEqual([
    {
      id: 'a',
      name: 'Step 7',
      type: 'GENERATION',
      description: 'about 7',
      input: { n: 7, l: ['x', 'y'] },
      output: '7 of 2',
      metadata: { other: true, k: 'v', description: 'about 7', step_index: 1, step_name: 'Step 7' },
      model: 'm-7',
      modelParameters: { temperature: 0.7 },
      usage: { input: 7, output: 3 },
      level: 'WARNING',
      startOffsetMs: 250,
      durationMs: 2000,
      needs: [],
    },
  ]);
  expect(trace).toMatchObject({
    name: 'Pipeline: draft',
    metadata: {
      template_name: 'draft',
      template_version: '1.2.0',
      template_source: 'project',
      template_digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      variables: { n: 7, l: ['x', 'y'] },
      coaia_version: expect.any(String),
    },
  });
});

test('a key whose whole value has no value is left out; in a text it is empty, with a warning', async () => {
  const fields = {
    variables: variables('given'),
    steps: [{ name: 'S', variables: { input: { whole: '{{given}}', text: 'a {{typo}} b' } } }],
  };
  const { steps, warnings } = await render(fields);
  expect(steps[0]?.input).toEqual({ text: 'a  b' });
  expect(warnings.join(' ')).toContain('typo');
  await expect(render(fields, {}, { isStrict: true })).rejects.toMatchObject({
    code: 'COAIA-5005',
  });
});

describe('conditions', () => {
  test.each([
    ['{% if flag %}true{% endif %}', true, 1],
    ['{% if flag %}true{% endif %}', false, 0],
    ['{{flag}}', false, 0],
    ['flag', true, 1],
    ['not flag', true, 0],
    ["'x' in words and n >= 2", true, 1],
    ['{% if n > 3 %}1{% elif n == 2 %}2{% else %}{% endif %}', false, 1],
    ['missing', true, 0],
    ['true', false, 1],
    ['no', true, 0],
  ])('%s with flag %s keeps %i', async (conditional, flag, count) => {
    const { steps, left } = await render({
      variables: [
        { name: 'flag', type: 'boolean', default: flag },
        { name: 'words', type: 'list', default: ['x'] },
        { name: 'n', type: 'number', default: 2 },
      ],
      steps: [{ name: 'S', conditional }],
    });
    expect(steps).toHaveLength(count);
    expect(left).toHaveLength(1 - count);
  });

  test('a boolean in the file is a condition as well', async () => {
    expect((await render({ steps: [{ name: 'S', conditional: false }] })).steps).toEqual([]);
  });
});

test('a recorded step becomes one per item', async () => {
  const { steps } = await render(
    {
      variables: [{ name: 'files', type: 'list' }],
      steps: [
        { id: 'all', name: 'All' },
        {
          id: 'one',
          name: 'File {{item}}',
          parent: 'all',
          foreach: 'files',
          variables: { input: { at: '{{index}}' } },
        },
      ],
    },
    { files: 'a,b' },
  );
  expect(steps.map(({ id, name, input, parent }) => [id, name, input, parent])).toEqual([
    ['all', 'All', undefined, undefined],
    ['one_1', 'File a', { at: 0 }, 'all'],
    ['one_2', 'File b', { at: 1 }, 'all'],
  ]);
});

test('what only a run knows is left for it, and filled in there', async () => {
  const pipeline = await render(
    {
      variables: variables('x'),
      steps: [
        {
          id: 'ask',
          name: 'Ask',
          action: 'llm',
          with: { prompt: '{{x}}' },
          export_as: 'answer',
          retry: { attempts: 3, backoff: '2s' },
          timeout: 30,
        },
        {
          id: 'each',
          name: 'Each {{item}}',
          action: 'llm',
          foreach: 'steps.ask.output',
          with: { prompt: '{{item}}' },
        },
        {
          name: 'Sum',
          conditional: 'steps.ask.output',
          variables: { input: { x: '{{x}}', a: '{{answer}}' }, output: '{{steps.ask.output}}' },
          metadata: { sample_output: 'no' },
        },
      ],
    },
    { x: 'q' },
  );
  const [ask, each, sum] = pipeline.steps;
  expect(ask).toMatchObject({
    action: 'llm',
    with: { prompt: '{{x}}' },
    exportAs: 'answer',
    retry: { attempts: 3, backoffMs: 2000 },
    timeoutMs: 30_000,
  });
  expect(each).toMatchObject({ foreach: 'steps.ask.output', name: 'Each {{item}}' });
  expect(sum).toMatchObject({ condition: 'steps.ask.output', input: { x: 'q' } });
  expect(sum).not.toHaveProperty('output');
  if (sum === undefined) throw new Error('no step');
  const again = renderAgain(sum, pipeline, { steps: { ask: { output: 'yes' } }, answer: 'yes' });
  expect(again).toMatchObject({
    input: { x: 'q', a: 'yes' },
    output: 'yes',
    metadata: { step_index: 3, step_name: 'Sum' },
  });
  expect(JSON.stringify(again.metadata)).not.toContain('sample_output');
});

test('example outputs are taken over only when they are asked for', async () => {
  const fields = { steps: [{ name: 'S', metadata: { sample_output: 'an example' } }] };
  expect((await render(fields)).steps[0]).not.toHaveProperty('output');
  const { steps } = await render(fields, {}, { isSample: true });
  expect(steps[0]?.output).toBe('an example');
  expect(steps[0]?.metadata).not.toHaveProperty('sample_output');
});

test('an id made by an expression is the id of the observation', async () => {
  const { steps } = await render(
    {
      steps: [
        { id: '{{uuid4()}}', name: 'A' },
        { name: 'B', metadata: { id: '{{uuid4()}}' } },
      ],
    },
    {},
    { functions: { uuid4: () => 'fixed' } },
  );
  expect(steps.map(({ observationId }) => observationId)).toEqual(['fixed', 'fixed']);
});

test('now is one moment in the whole pipeline; env shows COAIA_ only', async () => {
  const { steps } = await render(
    {
      steps: [{ name: '{{now()}}' }, { name: '{{timestamp()}}' }, { name: "{{ env('COAIA_X') }}" }],
    },
    {},
    { env: { COAIA_X: 'x', HOME: '/secret' }, now: new Date('2026-01-02T03:04:05Z') },
  );
  expect(steps[0]?.name).toBe(steps[1]?.name);
  expect(steps[0]?.name).toMatch(/^2026-01-02T03:04:05/);
  expect(steps[2]?.name).toBe('x');
  await expect(
    render({ steps: [{ name: "{{ env('HOME') }}" }] }, {}, { env: { HOME: '/secret' } }),
  ).rejects.toMatchObject({ code: 'COAIA-5005' });
});

test('a secret is nowhere in what is stored', async () => {
  const pipeline = await render(
    {
      variables: [{ name: 'token', secret: true }, { name: 'user_id' }],
      steps: [
        {
          name: 'Use {{token}}',
          variables: { input: { auth: 'Bearer {{token}}' } },
          metadata: { token: '{{token}}' },
        },
      ],
    },
    { token: 'swordfish', user_id: 'ada' },
  );
  expect(JSON.stringify([pipeline.trace, pipeline.steps])).not.toContain('swordfish');
  expect(pipeline.trace).toMatchObject({
    userId: 'ada',
    metadata: { variables: { token: '***' } },
  });
  expect(pipeline.variables['token']).toBe('swordfish');
});
