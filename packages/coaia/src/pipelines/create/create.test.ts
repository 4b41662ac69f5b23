import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLangfuseStub } from '../../observability/testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../observability/testing/langfuse-stub.ts';

let stub: LangfuseStub;
let home = '';
beforeEach(async () => {
  stub = await openLangfuseStub();
  home = mkdtempSync(join(tmpdir(), 'coaia-create-'));
});
afterEach(() => stub.close());

const run = (words: string | readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCoaia(words, { home, env: { ...stub.env, ...env } });
const write = (name: string, content: unknown) => {
  const path = join(home, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
};
const bodies = () => stub.events().map(({ body }) => body);

test('values come from files, from the environment, and from the line, which wins', async () => {
  write('.coaia/templates/v.json', {
    name: 'v',
    variables: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, required: false })),
    steps: [
      {
        name: 'S',
        variables: { input: { a: '{{a}}', b: '{{b}}', c: '{{c}}', d: '{{d}}', e: '{{e}}' } },
      },
    ],
  });
  write('vars.yaml', 'a: from yaml\nb: from yaml\n');
  write('vars.env', 'b=from env file\n');
  write('long.txt', 'line 1\nline 2\n');
  const words =
    'pipeline create v --var-file vars.yaml --var-file vars.env --var c=@long.txt --var d:=[1,2]';
  const env = { COAIA_VAR_A: 'from environment', COAIA_VAR_E: 'x', COAIA_VAR_OTHER: 'ignored' };
  const { code, stderr } = await run(words, env);
  expect([code, stderr]).toEqual([0, '']);
  expect(bodies()[1]).toMatchObject({
    input: { a: 'from yaml', b: 'from env file', c: 'line 1\nline 2\n', d: '[1,2]', e: 'x' },
  });
});

test.each([
  ['--var a=@none.txt', 'The file none.txt does not exist.'],
  ['--var a:={nope', 'The value of a is no JSON'],
  ['--var-file none.json', 'The file none.json does not exist.'],
  ['--var-file list.json', 'it holds no names and values'],
])('%s is a usage error and sends nothing', async (option, message) => {
  write('list.json', [1]);
  const { code, stdout, stderr } = await run(`pipeline create simple-trace ${option}`);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(stub.events()).toEqual([]);
});

test('session and user: option, then variable, then environment', async () => {
  const env = { COAIA_USER_ID: 'env-user', COAIA_SESSION_ID: 'env-session' };
  await run('pipeline create simple-trace --var trace_name=x', env);
  await run('pipeline create simple-trace --var trace_name=x --var user_id=var-user', env);
  await run(
    'pipeline create simple-trace --var trace_name=x --var user_id=v --user-id option --session-id s',
    env,
  );
  const traces = stub.events().filter(({ type }) => type === 'trace-create');
  expect(traces.map(({ body }) => [body['userId'], body['sessionId']])).toEqual([
    ['env-user', 'env-session'],
    ['var-user', 'env-session'],
    ['option', 's'],
  ]);
});

describe('nothing is sent', () => {
  test('by a dry run', async () => {
    const { code, stdout } = await run('pipeline create data-pipeline --dry-run --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).steps).toHaveLength(5);
    expect(stub.events()).toEqual([]);
  });

  test('when a variable is missing, wrong, or unknown under --strict', async () => {
    for (const words of [
      'pipeline create simple-trace',
      'pipeline create parallel-processing --var job_name=x --var worker_count=many',
      'pipeline create data-pipeline --var environment=moon',
      'pipeline create simple-trace --var trace_name=x --var trase=y --strict',
    ]) {
      const { code, stdout, stderr } = await run(words);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('COAIA-5003');
    }
    expect(stub.events()).toEqual([]);
  });

  test('when a parent is missing', async () => {
    write('.coaia/templates/bad.json', {
      name: 'bad',
      steps: [{ name: 'A' }, { name: 'B', parent: 'Z' }],
    });
    const { code, stderr } = await run('pipeline create bad');
    expect(code).toBe(1);
    expect(stderr).toContain('COAIA-5005');
    expect(stub.events()).toEqual([]);
  });

  test('when judging is asked for where nothing was made', async () => {
    const { code, stderr } = await run('pipeline create llm-chain --enable-judge');
    expect(code).toBe(1);
    expect(stderr).toContain('COAIA-5010');
    expect(stderr).toContain('coaia pipeline run llm-chain');
    expect(stub.events()).toEqual([]);
  });
});

test('an unknown variable is a notice; the trace is made', async () => {
  const { code, stderr } = await run(
    'pipeline create simple-trace --var trace_name=x --var trase=y',
  );
  expect([code, stderr]).toEqual([0, 'Note: it has no variable trase.\n']);
});

test('a step with an action is recorded as not run, with its model and without an output', async () => {
  await run('pipeline create llm-chain --var initial_prompt=hi --var model_name=gpt-4');
  const generation = bodies().find((body) => body['name'] === 'Initial Generation');
  expect(generation).toMatchObject({
    input: 'hi',
    model: 'gpt-4',
    modelParameters: { temperature: 0.7 },
    metadata: { action: 'llm', status: 'not run', step_index: 2 },
  });
  expect(generation).not.toHaveProperty('output');
});

test('times and order: spans end, events do not, and steps begin one after the other', async () => {
  await run('pipeline create data-pipeline');
  const [, ...observations] = bodies();
  const starts = observations.map((body) => Date.parse(String(body['startTime'])));
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(new Set(starts).size).toBe(5);
  expect(observations.map((body) => body['endTime'] !== undefined)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('--sample takes example outputs over and says so', async () => {
  write('.coaia/templates/s.json', {
    name: 's',
    steps: [{ name: 'S', metadata: { sample_output: 'an example' } }],
  });
  await run('pipeline create s --sample');
  await run('pipeline create s');
  const [trace, step, plainTrace, plainStep] = bodies();
  expect(trace).toMatchObject({ tags: ['sample'] });
  expect(step).toMatchObject({ output: 'an example' });
  expect(plainTrace).not.toHaveProperty('tags');
  expect(plainStep).not.toHaveProperty('output');
});

test('what is stored tells where it comes from, and no secret', async () => {
  write(
    '.coaia/templates/t.yaml',
    'name: t\nversion: 1.2.3\nvariables:\n  - {name: token, secret: true}\n  - {name: a}\nsteps:\n  - name: S\n    variables: {input: "{{token}} {{a}}"}\n',
  );
  const { stdout } = await run(
    'pipeline create ./.coaia/templates/t.yaml --var token=swordfish --var a=b --json',
  );
  expect(JSON.stringify(stub.calls) + stdout).not.toContain('swordfish');
  expect(bodies()[0]).toMatchObject({
    name: 'Pipeline: t',
    metadata: {
      template_name: 't',
      template_version: '1.2.3',
      template_source: 'project',
      template_digest: expect.stringMatching(/^sha256:/),
      variables: { token: '***', a: 'b' },
      coaia_version: expect.any(String),
    },
  });
});

test('a refused batch exports nothing and fails', async () => {
  await stub.close();
  stub = await openLangfuseStub(({ method }) =>
    method === 'POST' ? { status: 401, json: { message: 'no' } } : undefined,
  );
  const { code, stdout } = await run('pipeline create data-pipeline --export-env');
  expect([code, stdout]).toEqual([3, '']);
});

test('a large pipeline goes out in batches under 3.5 MB', async () => {
  write('.coaia/templates/big.json', {
    name: 'big',
    variables: [{ name: 'text' }],
    steps: Array.from({ length: 5 }, (_, index) => ({
      name: `S${index}`,
      variables: { input: '{{text}}' },
    })),
  });
  write('text.txt', 'x'.repeat(1_000_000));
  expect((await run('pipeline create big --var text=@text.txt')).code).toBe(0);
  expect(stub.calls.filter(({ method }) => method === 'POST')).toHaveLength(2);
  expect(stub.events()).toHaveLength(6);
});

test('a list asks the server once, however many templates there are', async () => {
  expect((await run('pipeline list')).code).toBe(0);
  expect(stub.calls.map(({ url }) => url)).toEqual(['/api/v1/pipelines']);
});

test('into the local store, and read back', async () => {
  const local = (words: string) => runCoaia(words, { home });
  const made = JSON.parse((await local('pipeline create data-pipeline --json')).stdout);
  const trace = JSON.parse((await local(`fuse traces trace-view ${made.traceId} --json`)).stdout);
  expect(trace.observations).toHaveLength(5);
  const root = made.observations[0].id;
  for (const one of trace.observations)
    expect(one.parentObservationId ?? null).toBe(one.id === root ? null : root);
});
