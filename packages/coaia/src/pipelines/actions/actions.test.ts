/** What steps do, against real servers, files and processes. */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLocalPrompts } from '#curation';
import { openLocalScores } from '#observability';
import { openTestDatabases } from '#store/testing';
import { findBox } from '../../sandbox/testing.ts';
import { openTestPipelines } from '../testing.ts';
import type { TestPipelines } from '../testing.ts';

const { note, skip } = await findBox();
const [kind] = openTestDatabases();
if (kind === undefined) throw new TypeError('there is no test store');
const { open } = kind;

let all: TestPipelines;
const closers: (() => void)[] = [];
beforeEach(async () => {
  all = await openTestPipelines(await open(), {
    // A judge that answers differently for each input, and badly when it is asked to.
    reply: (input, body) =>
      body.response_format !== undefined && input.includes('badly')
        ? { text: '{"score": "very good"}' }
        : undefined,
  });
});
afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await all.close();
});

const run = async (action: string, input: unknown, more = {}) =>
  all.finish(await all.start([{ id: 'a', name: 'A', action, with: input, ...more }]));
const only = async (traceId: string) => (await all.observations(traceId))[0];
// oxlint-disable-next-line typescript/no-explicit-any -- tests look into it as they like
const resultOf = ({ output }: { readonly output: { readonly result: unknown } | null }): any =>
  output?.result;

async function listen(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handler ?? (() => undefined));
  closers.push(() => server.close());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const scores = async () => {
  const api = await openLocalScores({ db: all.db, clock: Date.now }, all.scope);
  return (await api.listScores({})).data;
};

describe('prompt', () => {
  test('fills a stored prompt in, by its config, and is linked to its version', async () => {
    const prompts = await openLocalPrompts({ db: all.db, clock: Date.now }, all.scope);
    await prompts.createPrompt({
      name: 'greet',
      prompt: 'Greet {{who}}',
      config: { model: 'gpt-4o-mini', temperature: 0.2 },
      labels: ['production'],
    });
    const { state, traceId, output } = await run('prompt', {
      name: 'greet',
      variables: { who: 'Ann' },
    });
    expect([state, output?.result]).toEqual([
      'succeeded',
      'You said "Greet Ann", which is 2 words.',
    ]);
    expect(all.server.calls[0]?.body).toMatchObject({ model: 'gpt-4o-mini', temperature: 0.2 });
    expect(await only(traceId)).toMatchObject({
      type: 'GENERATION',
      prompt_name: 'greet',
      prompt_version: 1,
    });
  });

  test('that does not exist fails', async () => {
    expect(await run('prompt', { name: 'nobody' })).toMatchObject({ state: 'failed' });
  });
});

describe('llm', () => {
  const schema = { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] };

  test('a schema makes the output a value', async () => {
    const { output } = await run('llm', { prompt: 'x', schema });
    expect(output?.result).toEqual({ word: expect.stringContaining('about "x') });
  });

  test('an answer that is none of it fails, and retry asks again', async () => {
    all.server.misbehave('malformed');
    const { state } = await run(
      'llm',
      { prompt: 'x', schema },
      { retry: { attempts: 2, backoff: '10ms' } },
    );
    expect(state).toBe('succeeded');
    expect(await run('llm', { prompt: '' })).toMatchObject({ error: { code: 'COAIA-5101' } });
  });
});

describe('judge and score', () => {
  test('writes a score with its reason; the call is a generation of its own', async () => {
    const asked = { criteria: 'Is it short?', output: 'A text.', name: 'short' };
    const { state, traceId, output } = await run('judge', asked);
    expect(state).toBe('succeeded');
    const [score] = await scores();
    const { value, reasoning } = resultOf({ output }).scores[0];
    expect(score).toMatchObject({
      name: 'short',
      value,
      comment: reasoning,
      traceId,
      dataType: 'NUMERIC',
    });
    const [step, call] = await all.observations(traceId);
    expect(step).toMatchObject({ type: 'EVALUATOR' });
    expect(call).toMatchObject({ type: 'GENERATION', parent_observation_id: step?.id });
    // Another text, another judgement: nothing here is a constant.
    const second = await run('judge', { ...asked, output: 'Something else.' });
    expect(resultOf(second).score).not.toBe(value);
  });

  test('a malformed answer is an error and no score', async () => {
    const { error } = await run('judge', { criteria: 'x', output: 'judged badly' });
    expect(error).toMatchObject({ code: 'COAIA-2260' });
    expect(await scores()).toEqual([]);
  });

  test('several judges: each its score, and how far they agree', async () => {
    const models = ['one', 'two', 'three'];
    const { output } = await run('judge', { criteria: 'x', output: 'y', models });
    const values = (await scores()).map(({ value }) => value);
    expect(values).toHaveLength(3);
    // The test model answers by the text alone, so all three say the same.
    expect(output?.result).toMatchObject({ judges: 3, agreement: 1, spread: 0, deviation: 0 });
  });

  test('keeps to a score config, and to the step that it names', async () => {
    const api = await openLocalScores({ db: all.db, clock: Date.now }, all.scope);
    const config = await api.createScoreConfig({
      name: 'stars',
      dataType: 'NUMERIC',
      minValue: 1,
      maxValue: 5,
    });
    const id = await all.start([
      { id: 'text', name: 'Text', action: 'llm', with: { prompt: 'hello' } },
      {
        id: 's',
        name: 'S',
        action: 'score',
        needs: ['text'],
        with: { config: 'stars', value: 4, step: 'text' },
      },
      {
        id: 'bad',
        name: 'B',
        action: 'score',
        on_failure: 'continue',
        with: { config: 'stars', value: 9 },
      },
    ]);
    const done = await all.finish(id);
    expect(done).toMatchObject({ state: 'succeeded' });
    expect(done.steps.find((step) => step.id === 'bad')).toMatchObject({
      state: 'failed',
      error: { code: 'COAIA-1081' },
    });
    const text = (await all.observations(done.traceId)).find(({ name }) => name === 'Text');
    expect(await scores()).toMatchObject([
      { configId: config.id, value: 4, observationId: text?.id },
    ]);
    expect(await run('score', { config: 'nothing', value: 1 })).toMatchObject({
      error: { code: 'COAIA-5101' },
    });
  });
});

describe('shell', () => {
  test('is off until the project allows it', async () => {
    expect((await run('shell', { command: 'echo no' })).error).toMatchObject({
      code: 'COAIA-5102',
    });
  });

  test.skipIf(skip)(`runs where it can reach nothing${note}`, async () => {
    await all.allow('shell');
    const id = await all.start([
      { id: 'a', name: 'A', action: 'shell', with: { command: 'echo one > f; cat', stdin: 'two' } },
      { id: 'b', name: 'B', action: 'shell', needs: ['a'], with: { command: ['cat', 'f'] } },
      {
        id: 'c',
        name: 'C',
        action: 'shell',
        with: {
          command:
            'env | grep -v -e PATH -e HOME -e LANG -e PWD -e SHLVL -e _=; (echo x > /usr/x) 2>&1; (echo x > /etc/x) 2>&1; cat /etc/passwd 2>&1; cat < /dev/tcp/127.0.0.1/1 2>&1; ls /home /root 2>&1; true',
        },
      },
      {
        id: 'bad',
        name: 'Bad',
        action: 'shell',
        on_failure: 'continue',
        with: { command: 'echo no >&2; exit 3' },
      },
      {
        id: 'late',
        name: 'Late',
        action: 'shell',
        on_failure: 'continue',
        with: { command: 'sleep 9', timeout: '200ms' },
      },
    ]);
    const folder = all.openWorkFolder(id);
    const { steps } = await all.finish(id);
    const output = (step: string) => steps.find((one) => one.id === step)?.output;
    const error = (step: string) => steps.find((one) => one.id === step)?.error;
    expect([output('a'), output('b')]).toEqual(['two', 'one']);
    expect(output('c')).not.toMatch(/root:|COAIA|HOSTNAME/);
    expect(output('c')).toMatch(/Read-only|cannot create|Permission denied/);
    expect(error('bad')).toMatchObject({
      code: 'COAIA-5104',
      message: expect.stringMatching(/ended with 3. no/),
    });
    expect(error('late')).toMatchObject({ message: expect.stringContaining('longer than 200 ms') });
    await expect.poll(() => existsSync(folder)).toBe(false);
  });
});

describe('files', () => {
  test('upload_media takes files of the folder only, and refers to them', async () => {
    const folder = join(all.home, 'project');
    mkdirSync(join(folder, 'in'), { recursive: true });
    writeFileSync(join(folder, 'in', 'note.txt'), 'hello');
    writeFileSync(join(all.home, 'outside.txt'), 'secret');
    symlinkSync(join(all.home, 'outside.txt'), join(folder, 'link.txt'));
    const upload = async (file: string) =>
      all.finish(
        await all.start(
          [{ id: 'a', name: 'A', action: 'upload_media', with: { file_path: file } }],
          {},
          { folder },
        ),
      );
    expect((await upload('in/note.txt')).error).toMatchObject({ code: 'COAIA-5102' });
    await all.allow('files');
    const done = await upload('in/note.txt');
    expect(done.output?.result).toMatchObject({
      content_type: 'text/plain',
      media_id: expect.any(String),
    });
    for (const file of ['../outside.txt', 'link.txt', join(all.home, 'outside.txt'), 'none.txt'])
      expect((await upload(file)).error).toMatchObject({ code: 'COAIA-5105' });
  });

  test('attach_url keeps a file of the web with the trace', async () => {
    await all.allow('http', 'private');
    const url = await listen((_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.end('png');
    });
    const { output, traceId } = await run('attach_url', { url: `${url}/a.png`, field: 'metadata' });
    const { media } = resultOf({ output });
    expect(media).toMatch(/^@@@langfuseMedia:type=image\/png\|id=/);
    expect(JSON.stringify(await all.traces())).toContain(media.slice(0, 40));
    expect(traceId).not.toBe('');
  });
});
