import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import { openModelServer } from '../testing/model-server.ts';
import type { ModelServer } from '../testing/model-server.ts';

const KEY = 'sk-command-line-9876';

describe('coaia models connections', () => {
  let home = '';
  let model: ModelServer;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'coaia-connections-'));
    model = await openModelServer({ key: KEY, models: ['m-1'] });
  });
  afterEach(async () => {
    await model.close();
    await rm(home, { recursive: true, force: true });
  });

  const run = (line: string, options: Parameters<typeof runCoaia>[1] = {}) =>
    runCoaia(`models connections ${line}`, { home, ...options });

  it('sets, lists, tests and deletes one', async () => {
    const set = `set mine --base-url ${model.baseUrl} -m m-1 --key-env MY_KEY --header-env X-A=MY_A`;
    const made = await run(set, { env: { MY_KEY: KEY, MY_A: 'header-secret' } });
    expect([made.code, made.stdout]).toEqual([0, 'Connected mine (openai).\n']);
    const list = await run('list --json');
    expect(JSON.parse(list.stdout)).toMatchObject([
      {
        provider: 'mine',
        displaySecretKey: '...9876',
        customModels: ['m-1'],
        extraHeaderKeys: ['X-A'],
      },
    ]);
    const test = await run('test mine -m m-1');
    expect(test.stdout).toMatch(
      /^mine: http:\/\/127\.0\.0\.1:\d+\/v1 answers in \d+ ms, 1 model\./,
    );
    expect(test.stdout).toContain('m-1: You said "Answer with the one word: ready"');
    expect(model.calls.map(({ path }) => path)).toEqual(['/v1/models', '/v1/chat/completions']);
    expect(model.calls[1]?.headers['x-a']).toBe('header-secret');
    const traces = await runCoaia('fuse traces list --json', { home });
    expect(traces.stdout).toContain('connection-test');
    expect((await run('delete mine')).code).toBe(2);
    expect((await run('delete mine --yes')).stdout).toBe('Deleted mine.\n');
    const empty = await run('list', { isTTY: true });
    expect(empty.stdout).toContain('No connections found.');
    expect(empty.stderr).toContain('coaia models connections set ollama');
    expect(
      [made, list, test, traces].map(({ stdout, stderr }) => stdout + stderr).join(''),
    ).not.toMatch(/sk-command-line|header-secret/);
  });

  it('reads the key from stdin, and needs none on this machine', async () => {
    expect((await run('set a --key-stdin', { stdin: `${KEY}\n` })).code).toBe(0);
    expect((await run(`set b --base-url ${model.baseUrl}`)).code).toBe(0);
    const { stdout } = await run('list --json --fields provider,displaySecretKey');
    expect(JSON.parse(stdout)).toEqual([
      { provider: 'b', displaySecretKey: '...' },
      { provider: 'a', displaySecretKey: '...9876' },
    ]);
  });

  it.each([
    ['set x', 2, 'needs a secret key'],
    ['set x --key-env NOT_THERE', 2, 'NOT_THERE is not set'],
    ['set x --key-stdin', 2, 'no secret key on stdin'],
    ['set x --base-url http://127.0.0.1:1 --config nonsense', 2, 'no JSON'],
    ['set x --base-url http://127.0.0.1:1 --adapter cohere', 2, 'cohere'],
    ['test', 3, 'no connection to a model server'],
    ['test x', 1, 'not found'],
    ['delete x --yes', 1, 'not found'],
  ])('%s ends with %i', async (line, code, message) => {
    const result = await run(line, { stdin: '' });
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toContain(message);
  });

  it('does the same through a server', async () => {
    const [kind] = openTestDatabases();
    if (kind === undefined) throw new TypeError('no store');
    const server = await openRoomServer(await kind.open());
    const env = {
      LANGFUSE_HOST: server.url,
      LANGFUSE_PUBLIC_KEY: 'pk-lf-own',
      LANGFUSE_SECRET_KEY: 'sk-lf-own',
      MY_KEY: KEY,
    };
    try {
      const set = `set far --base-url ${model.baseUrl} --key-env MY_KEY`;
      expect((await run(set, { env })).code).toBe(0);
      expect((await run('test far', { env })).stdout).toContain('m-1');
      expect((await run('list --json', { env })).stdout).toContain('"far"');
      expect((await run('list --json')).stdout.trim()).toBe('[]');
      expect((await run('delete far --yes', { env })).code).toBe(0);
    } finally {
      await server.close();
    }
  });
});
