/** `coaia run`: stored prompts answered by a model server. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openModelServer } from '../../../models/testing/model-server.ts';
import type { ModelServer } from '../../../models/testing/model-server.ts';

let home = '';
let model: ModelServer;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coaia-run-'));
  model = await openModelServer();
  await run(`models connections set mine --base-url ${model.baseUrl}`);
});
afterEach(async () => {
  await model.close();
  await rm(home, { recursive: true, force: true });
});

const run = (line: string | readonly string[], options: Parameters<typeof runCoaia>[1] = {}) =>
  runCoaia(line, { home, ...options });

describe('one prompt', () => {
  beforeEach(async () => {
    await run(['prompts', 'create', 'tell', 'Tell of {{topic}}.', '--config', '{"model":"m-7"}']);
  });

  it('is filled in, answered, and recorded under its name and version', async () => {
    const { code, stdout } = await run('run tell --var topic=tides --session-id s1 --user-id ada');
    expect([code, stdout]).toEqual([0, 'You said "Tell of tides.", which is 3 words.\n']);
    expect(model.calls[0]?.body).toMatchObject({ model: 'm-7' });
    const [trace] = JSON.parse((await run('fuse traces list --json')).stdout) as [{ id: string }];
    const shown = await run(`fuse traces trace-view ${trace.id} --json`);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      name: 'tell',
      sessionId: 's1',
      userId: 'ada',
      observations: [{ type: 'GENERATION', promptName: 'tell', promptVersion: 1 }],
    });
  });

  it('gets the input as one more message', async () => {
    await run('run tell --var topic=x --input - ', { stdin: 'and then?' });
    expect(model.calls[0]?.body).toMatchObject({
      messages: [{ content: 'Tell of x.' }, { role: 'user', content: 'and then?' }],
    });
  });

  it('asks nobody in a dry run, nor when a value is missing', async () => {
    const dry = await run('run tell --var topic=tides --dry-run');
    expect(JSON.parse(dry.stdout)).toMatchObject({ messages: [{ content: 'Tell of tides.' }] });
    for (const line of ['run tell', 'run tell --dry-run'])
      expect(await run(line)).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('topic'),
      });
    expect(model.calls).toEqual([]);
  });

  it('leaves no trace when none is wanted', async () => {
    expect((await run('run tell --var topic=x --no-trace')).code).toBe(0);
    expect(JSON.parse((await run('fuse traces list --json')).stdout)).toEqual([]);
  });

  it('streams to a terminal, and writes files and variables', async () => {
    const shown = await run('run tell --var topic=sea', { isTTY: true });
    expect(shown.stdout).toBe('You said "Tell of sea.", which is 3 words.\n');
    expect(model.calls[0]?.body).toMatchObject({ stream: true });
    await run('run tell --var topic=sea -O out.txt');
    expect(await readFile(join(home, 'out.txt'), 'utf8')).toContain('Tell of sea');
    const lines = (await run('run tell --var topic=sea --export-env')).stdout;
    expect(lines).toMatch(
      /^export COAIA_TRACE_ID='\w{32}'\nexport COAIA_LAST_OBSERVATION_ID='\w{16}'\n$/,
    );
  });

  it('fails for an answer that is not what was asked for', async () => {
    await writeFile(join(home, 'schema.json'), '{"type":"object","required":["a"]}');
    for (const flag of ['--format json', '--schema schema.json'])
      expect(await run(`run tell --var topic=x ${flag}`)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('COAIA-2013'),
      });
  });

  it.each([
    ['run missing', 1, 'COAIA-2000'],
    ['run tell --var topic', 2, 'NAME=VALUE'],
    ['run tell --vars-file none.json', 2, 'none.json'],
    ['run tell --input a --file b', 2, 'two things'],
  ])('%s ends with %i', async (line, code, words) =>
    expect(await run(line)).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringContaining(words),
    }),
  );
});

it('runs over a dataset: one run, one trace for each item, 5 when some fail', async () => {
  await run(['prompts', 'create', 'ask', 'Answer: {{input}}']);
  await run('fuse datasets create qa');
  for (const [id, input] of [
    ['i1', 'one'],
    ['i2', 'two [[malformed]]'],
    ['i3', 'three'],
  ] as const)
    await run(['fuse', 'dataset-items', 'create', 'qa', '--id', id, '-i', input]);
  const { code, stdout } = await run('run ask --dataset qa --run-name r1 -m m-1 --json');
  expect(code).toBe(5);
  const report = JSON.parse(stdout) as {
    outcomes: readonly { itemId: string; error: string | null }[];
  };
  expect(report).toMatchObject({ dataset: 'qa', runName: 'r1', items: 3, failed: 1, cost: null });
  expect(report.outcomes.map(({ itemId, error }) => [itemId, error === null])).toEqual([
    ['i1', true],
    ['i2', false],
    ['i3', true],
  ]);
  const runs = await run('fuse datasets runs qa --json');
  expect(runs.stdout).toContain('r1');
  expect(model.calls.length).toBeGreaterThanOrEqual(3);
});
