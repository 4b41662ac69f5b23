import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openModelServer } from '../../models/testing/model-server.ts';
import type { ModelServer } from '../../models/testing/model-server.ts';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';

const KEY = 'sk-text-commands-1234';

let home = '';
let model: ModelServer;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'coaia-text-'));
  model = await openModelServer({ key: KEY });
});
afterEach(async () => {
  await model.close();
  rmSync(home, { recursive: true, force: true });
});

const put = (value: Readonly<Record<string, unknown>>) =>
  writeFileSync(
    join(home, 'coaia.json'),
    JSON.stringify({
      openai_api_url: `${model.baseUrl}/chat/completions`,
      openai_api_key: KEY,
      model: 'm-1',
      ...value,
    }),
  );

const run = (line: string | readonly string[], options: Parameters<typeof runCoaia>[1] = {}) =>
  runCoaia(line, { home, ...options });

const readTraces = async (env = {}) =>
  JSON.parse((await run('fuse traces list --json', { env })).stdout) as {
    id: string;
    name: string;
  }[];

const readObservations = async (traceId: string, env = {}) =>
  JSON.parse((await run(`fuse traces trace-view ${traceId} --json`, { env })).stdout)
    .observations as {
    readonly id: string;
    readonly type: string;
    readonly name: string;
    readonly parentObservationId: string | null;
    readonly usageDetails: Record<string, number>;
    readonly level: string;
  }[];

describe('the server of the settings', () => {
  it('is asked, system message first, and the call is a trace', async () => {
    put({ shout_instruction: 'SHOUT.', shout_temperature: 0.9, shout_mns: 's', mns: { s: 'big' } });
    const { code, stdout, stderr } = await run('p shout "be loud" --json', {
      env: { COAIA_SESSION_ID: 'sess', COAIA_USER_ID: 'ada' },
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(model.calls[0]?.body).toEqual({
      model: 'big',
      temperature: 0.9,
      messages: [
        { role: 'system', content: 'SHOUT.' },
        { role: 'user', content: 'be loud' },
      ],
    });
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      content: 'You said "be loud", which is 2 words.',
      tag: 'shout',
    });
    const view = await run(`fuse traces trace-view ${answer.traceId} --json`);
    expect(JSON.parse(view.stdout)).toMatchObject({
      name: 'p shout',
      sessionId: 'sess',
      userId: 'ada',
      observations: [{ type: 'GENERATION', usageDetails: { total: expect.any(Number) } }],
    });
  });

  it('streams to a terminal', async () => {
    put({});
    const { stdout } = await run('llm "one two" "Be short."', { isTTY: true });
    expect(stdout).toBe('You said "one two", which is 2 words.\n');
    expect(model.calls[0]?.body).toMatchObject({
      stream: true,
      messages: [{ role: 'system', content: 'Be short.' }, { role: 'user' }],
    });
  });

  it('never makes up counts of tokens', async () => {
    put({});
    const { traceId } = JSON.parse((await run('p compact "[[no-usage]]" --json')).stdout);
    const [generation] = await readObservations(traceId);
    expect(generation?.usageDetails).toEqual({});
  });

  it.each([
    ['p', {}, 2, 'Which tag'],
    ['p compact ""', {}, 1, 'COAIA-6000'],
    ['p nobody x --strict', {}, 1, 'COAIA-6003'],
    ['p compact x --temperature 9', {}, 3, 'COAIA-6005'],
    ['p x y', { x_temperature: 'warm' }, 3, 'x_temperature'],
    ['p x y', { x_prompt: 'nowhere' }, 3, 'x_prompt'],
    ['p compact x', { model: '' }, 3, 'COAIA-6002'],
    ['p compact x', { openai_api_key: 'sk-wrong-0000' }, 3, 'refused the key'],
    ['p compact x', { openai_api_url: 'http://127.0.0.1:9/v1' }, 4, 'ECONNREFUSED'],
    ['p compact x', { openai_api_url: 'http://192.0.2.1/v1', offline: true }, 7, 'COAIA-0601'],
    ['summarize --max-words 0 "a b"', {}, 2, 'max-words'],
    ['summarize -F bin', {}, 1, 'COAIA-6004'],
  ] as const)('%s with %j ends with %i', async (line, settings, code, words) => {
    put(settings);
    writeFileSync(join(home, 'bin'), Buffer.from([0xff, 0xfe, 0]));
    const result = await run(line, { stdin: '' });
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toContain(words);
    expect(result.stderr).not.toContain('sk-wrong-0000');
    expect(result.stderr).not.toContain('models connections');
  });

  it('is not asked when a project chose it and the key is not the project’s', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'coaia-checkout-'));
    writeFileSync(join(folder, '.env'), `OPENAI_BASE_URL=${model.baseUrl}\n`);
    const { code } = await run('p compact x --model m', {
      cwd: folder,
      env: { OPENAI_API_KEY: KEY },
    });
    expect(code).toBe(3);
    expect(model.calls[0]?.headers.authorization).toBeUndefined();
    rmSync(folder, { recursive: true });
  });
});

describe('a connection of the project', () => {
  const connect = (env = {}) =>
    run(`models connections set mine --base-url ${model.baseUrl} -m m-9 --key-env K`, {
      env: { ...env, K: KEY },
    });

  it('is asked when no address is set, with its first model', async () => {
    await connect();
    const { code, stdout } = await run('summarize "one two"', {
      env: { OPENAI_API_KEY: 'sk-of-other-programs' },
    });
    expect([code, stdout]).toEqual([0, 'You said "one two", which is 2 words.\n']);
    expect(model.calls[0]?.body.model).toBe('m-9');
    expect(model.calls[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it('is named by the tag, and a prompt of the store says what to do', async () => {
    await connect();
    const words = ['fuse', 'prompts', 'create', 'rude', 'Insult {{input}}.', '--labels', 'prod'];
    expect((await run(words)).code).toBe(0);
    put({ openai_api_url: 'http://127.0.0.1:9', rude_prompt: 'rude@prod', rude_provider: 'mine' });
    const { code, stdout } = await run('p rude "the {{weather}}" --json');
    expect(code).toBe(0);
    expect(model.calls[0]?.body.messages).toEqual([
      { role: 'user', content: 'Insult the {{weather}}.' },
    ]);
    const [generation] = await readObservations(JSON.parse(stdout).traceId);
    expect(generation).toMatchObject({ promptName: 'rude', promptVersion: 1 });
  });

  it('is asked through a server, which records it', async () => {
    const [kind] = openTestDatabases();
    if (kind === undefined) throw new TypeError('no store');
    const server = await openRoomServer(await kind.open());
    const env = {
      LANGFUSE_HOST: server.url,
      LANGFUSE_PUBLIC_KEY: 'pk-lf-own',
      LANGFUSE_SECRET_KEY: 'sk-lf-own',
    };
    try {
      await connect(env);
      const first = await run('p compact "see {{this}}"', { env });
      expect([first.code, first.stdout]).toEqual([
        0,
        'You said "see {{this}}", which is 2 words.\n',
      ]);
      put({});
      const second = await run('p compact "mine"', { env });
      expect(second.code).toBe(0);
      expect((await readTraces(env)).map(({ name }) => name)).toEqual(['p compact', 'p compact']);
      expect(await readTraces()).toEqual([]);
      const traces = await server.send('GET', '/observations');
      const generations = traces.body.data as { readonly usageDetails: object }[];
      expect(generations).toHaveLength(2);
      for (const { usageDetails } of generations) expect(usageDetails).toHaveProperty('total');
    } finally {
      await server.close();
    }
  });
});

describe('a long text', () => {
  it('is summarized in parts, as stderr and one trace tell', async () => {
    put({ max_input_tokens: 200 });
    const text = Array.from({ length: 60 }, (_, i) => `Sentence number ${i} is here.`).join(' ');
    writeFileSync(join(home, 'long.txt'), text);
    const { code, stdout, stderr } = await run('summarize long.txt --model gpt-4o --json');
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^The text has \d+ tokens of o200k_base, more than the 200 .* in 3 parts/,
    );
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ parts: 3, calls: 4 });
    expect(
      model.calls
        .map(({ body }) => body.messages[1].content)
        .slice(0, 3)
        .join(''),
    ).toBe(text);
    const observations = await readObservations(answer.traceId);
    const span = observations.find(({ type }) => type === 'SPAN');
    const generations = observations.filter(({ type }) => type === 'GENERATION');
    expect(generations).toHaveLength(4);
    expect(generations.every(({ parentObservationId }) => parentObservationId === span?.id)).toBe(
      true,
    );
    expect(await readTraces()).toHaveLength(1);
  });

  it('that breaks off leaves a span that says so', async () => {
    put({ max_input_tokens: 100 });
    const text = `${'good words. '.repeat(60)} [[malformed]]`;
    writeFileSync(join(home, 'long.txt'), text);
    const { code, stdout, stderr } = await run('summarize long.txt');
    expect(stdout).toBe('');
    expect(code).toBe(1);
    expect(stderr).toContain('characters');
    const [trace] = await readTraces();
    const levels = (await readObservations(trace?.id ?? '')).map(({ type, level }) => [
      type,
      level,
    ]);
    expect(levels).toContainEqual(['SPAN', 'ERROR']);
    expect(levels).toContainEqual(['GENERATION', 'ERROR']);
  });

  it('goes into a file exactly', async () => {
    put({});
    const { stdout } = await run('summarize "some words" -O out.txt');
    expect(stdout).toBe('');
    expect(readFileSync(join(home, 'out.txt'), 'utf8')).toBe(
      'You said "some words", which is 2 words.',
    );
  });
});
