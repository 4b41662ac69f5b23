import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { openTestDatabases } from '#store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openModelServer } from '../testing/model-server.ts';
import type { ModelServer } from '../testing/model-server.ts';
import { openTestModels } from '../testing/open-models.ts';
import type { TestModels } from '../testing/open-models.ts';

const KEY = 'sk-canary-4711-abcdef';

async function findError(work: Promise<unknown>): Promise<Error | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

describe('conversations that fail', () => {
  let models: TestModels;
  let server: ModelServer;
  beforeAll(async () => {
    const [kind] = openTestDatabases();
    if (kind === undefined) throw new TypeError('no store');
    models = openTestModels(await kind.open());
  });
  beforeEach(async () => {
    server = await openModelServer({ models: ['m-1'] });
    const baseURL = server.baseUrl;
    await models.connect({ provider: 'open', adapter: 'openai', secretKey: KEY, baseURL });
  });
  afterEach(() => server.close());
  afterAll(() => models.close());

  const request = (content: string, model = 'm-1') => ({
    provider: 'open',
    model,
    messages: [{ role: 'user', content }] as const,
  });
  const options = {
    get scope() {
      return models.scope;
    },
    trace: { name: 'failing' },
    retries: 0,
  };
  const send = (content: string, model?: string) =>
    models.chat.send(request(content, model), options);
  async function stream(content: string, model?: string) {
    for await (const _ of models.chat.stream(request(content, model), options));
  }

  it.each([
    ['[[malformed]]', 'COAIA-4007', /choices/],
    ['[[no-json]]', 'COAIA-4007', /JSON/],
    ['[[html]]', 'COAIA-4007', /web page/],
    ['[[cut]]', 'COAIA-4008', /broke off/],
    ['[[status 500]]', 'COAIA-4006', /failed \(500\): status on demand/],
    ['[[status 429]]', 'COAIA-4005', /no more requests/],
    ['[[status 401]]', 'COAIA-4004', /refused the key/],
    ['[[status 400]]', 'COAIA-4011', /refused the request \(400\): status on demand/],
    ['[[status 302]]', 'COAIA-4007', /answered 302/],
  ])('%s is %s, whole and streamed, and recorded', async (content, code, message) => {
    for (const run of [send, stream]) {
      const error = await findError(run(content));
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
      expect(await models.readRecord()).toMatchObject({
        level: 'ERROR',
        status_message: `${code}: ${error?.message}`,
        input: [{ role: 'user', content }],
        usage_details: null,
      });
    }
  });

  it('keeps what had arrived of a stream that broke off, and does not answer', async () => {
    for (const [kind, code] of [
      ['[[unfinished]]', 'COAIA-4008'],
      ['[[stream-error]]', 'COAIA-4006'],
    ] as const) {
      await expect(stream(`${kind} one two three`)).rejects.toMatchObject({ code });
      const record = await models.readRecord();
      expect(record).toMatchObject({ level: 'ERROR', output: { role: 'assistant' } });
      expect(JSON.stringify(record?.output)).toContain('You said');
    }
  });

  it('names an unknown model, an unknown connection and the lack of any', async () => {
    await expect(send('hi', 'm-2')).rejects.toMatchObject({ code: 'COAIA-4003' });
    const unknown = { ...request('hi'), provider: 'none' };
    await expect(models.chat.send(unknown, options)).rejects.toMatchObject({
      code: 'COAIA-4001',
      message: expect.stringContaining('open'),
    });
    const elsewhere = { ...options, scope: { ...models.scope, projectId: 'empty' } };
    await expect(models.chat.send(request('hi'), elsewhere)).rejects.toMatchObject({
      code: 'COAIA-4000',
      hint: expect.stringContaining('coaia models connections set'),
    });
  });

  it('says that an adapter is not supported, before anything is sent', async () => {
    const config = { region: 'us-east-1' };
    await models.connect({ provider: 'aws', adapter: 'bedrock', secretKey: KEY, config });
    await expect(
      models.chat.send({ ...request('hi'), provider: 'aws' }, options),
    ).rejects.toMatchObject({
      code: 'COAIA-4002',
      message: expect.stringContaining('OpenAI-compatible gateway'),
    });
    expect(server.calls).toEqual([]);
  });

  it('says that nothing answers', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const baseURL = `http://127.0.0.1:${port}/v1`;
    await models.connect({ provider: 'open', adapter: 'openai', secretKey: KEY, baseURL });
    await expect(send('hi')).rejects.toMatchObject({
      code: 'COAIA-4009',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('repeats what may pass, waits as asked, and gives up in the end', async () => {
    const again = { ...options, retries: 2 };
    server.misbehave(
      { kind: 'status', status: 429, retryAfter: '0' },
      { kind: 'status', status: 503, retryAfter: '0' },
    );
    const answer = await models.chat.send(request('hi'), again);
    expect(answer.content).toContain('You said "hi"');
    expect(server.calls).toHaveLength(3);
    const busy = { kind: 'status', status: 429, retryAfter: '0' } as const;
    server.misbehave(busy, busy, busy);
    await expect(models.chat.send(request('hi'), again)).rejects.toMatchObject({
      code: 'COAIA-4005',
      headers: { 'retry-after': '0' },
    });
    expect(server.calls).toHaveLength(6);
    server.misbehave({ kind: 'status', status: 429, retryAfter: '3600' });
    await expect(models.chat.send(request('hi'), again)).rejects.toThrow(/wait 3600 s/);
    expect(server.calls).toHaveLength(7);
    server.misbehave({ kind: 'status', status: 400 });
    await expect(models.chat.send(request('hi'), again)).rejects.toThrow(/400/);
    expect(server.calls).toHaveLength(8);
  });

  it('runs out of time', async () => {
    await expect(
      models.chat.send(request('[[silent]]'), { ...options, timeoutMs: 60 }),
    ).rejects.toMatchObject({ code: 'COAIA-4010' });
    expect((await models.readRecord())?.level).toBe('ERROR');
  });

  it('stops when its caller does, and hangs up', async () => {
    const stop = new AbortController();
    const parts: string[] = [];
    const run = async () => {
      const all = models.chat.stream(request('[[slow 20]] a b c d e f g'), {
        ...options,
        signal: stop.signal,
      });
      for await (const chunk of all) {
        parts.push(chunk.type);
        if (parts.length === 2) stop.abort(new Error('enough'));
      }
    };
    await expect(run()).rejects.toThrow('enough');
    await server.hungUp;
    expect(await models.readRecord()).toMatchObject({
      level: 'WARNING',
      status_message: expect.stringContaining('Stopped'),
      output: { content: expect.stringMatching(/^You said/) },
    });
  });

  it('stops when its caller leaves the loop', async () => {
    for await (const chunk of models.chat.stream(request('[[slow 20]] a b c'), options))
      if (chunk.type === 'text') break;
    await server.hungUp;
    expect(await models.readRecord()).toMatchObject({ level: 'WARNING' });
  });

  it('never repeats the key, also when the server does', async () => {
    const error = await findError(send('[[echo-key]]'));
    expect(error?.message).toContain('[secret]');
    const seen = [
      error?.message,
      JSON.stringify(await models.readRecord()),
      readFileSync(join(models.home, 'egress.jsonl'), 'utf8'),
    ].join('\n');
    expect(seen).not.toContain(KEY);
    expect(seen).toContain('"reason":"models"');
  });
});

describe('without a network', () => {
  it('models on this machine answer, others are not called', async () => {
    const [kind] = openTestDatabases();
    if (kind === undefined) throw new TypeError('no store');
    const models = openTestModels(await kind.open(), true);
    const server = await openModelServer();
    try {
      await models.connect({
        provider: 'here',
        adapter: 'openai',
        secretKey: 'x',
        baseURL: server.baseUrl,
      });
      await models.connect({ provider: 'far', adapter: 'openai', secretKey: KEY });
      const messages = [{ role: 'user', content: 'hi' }] as const;
      const options = { scope: models.scope, trace: { name: 'offline' } };
      const near = await models.chat.send({ provider: 'here', model: 'm', messages }, options);
      expect(near.content).toContain('hi');
      await expect(
        models.chat.send({ provider: 'far', model: 'm', messages }, options),
      ).rejects.toMatchObject({ code: 'COAIA-0601' });
    } finally {
      await server.close();
      await models.close();
    }
  });
});
