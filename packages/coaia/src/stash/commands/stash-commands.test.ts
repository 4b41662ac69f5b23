import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { openTestDatabases } from '#store/testing';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLangfuseStub } from '../../observability/testing/langfuse-stub.ts';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import { openTestRedis } from '../testing/redis-server.ts';
import type { TestRedis } from '../testing/redis-server.ts';
import { openUpstashServer } from '../testing/upstash-server.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-stash-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (line: string | readonly string[], options: Parameters<typeof runCoaia>[1] = {}) =>
  runCoaia(line, { home, ...options });

describe('in the home', () => {
  it('keeps, reads, lists and forgets', async () => {
    const kept = await run('tash greeting "hello there"');
    expect([kept.code, kept.stdout]).toEqual([0, 'Kept greeting for 3 d 20 h.\n']);
    const read = await run('fetch greeting');
    expect([read.code, read.stdout, read.stderr]).toEqual([0, 'hello there\n', '']);
    const json = JSON.parse((await run('fetch greeting --json')).stdout);
    expect(json).toMatchObject({ key: 'greeting', value: 'hello there', encoding: 'utf8' });
    expect((await run('stash list')).stdout).toContain('| greeting |    11 |');
    expect((await run('stash keys "x*"')).stdout).toBe('No keys found.\n');
    const gone = await run('del greeting nothing');
    expect([gone.code, gone.stdout]).toEqual([5, 'Forgot greeting.\n']);
    const missing = await run('fetch greeting');
    expect([missing.code, missing.stdout]).toEqual([1, '']);
    expect(missing.stderr).toContain('COAIA-6151');
    expect((await run('del greeting')).code).toBe(1);
  });

  it('takes files and stdin as they are, and writes them exactly', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    writeFileSync(join(home, 'in.bin'), bytes);
    expect((await run('tash a --f in.bin')).code).toBe(0);
    expect((await run('m b', { stdin: bytes })).code).toBe(0);
    expect((await run('m c -', { stdin: 'line\n' })).code).toBe(0);
    for (const key of ['a', 'b']) {
      const { code, stdout } = await run(`fetch ${key} -O out.bin`);
      expect([code, stdout]).toEqual([0, '']);
      expect(Buffer.compare(readFileSync(join(home, 'out.bin')), bytes)).toBe(0);
    }
    expect((await run('fetch c')).stdout).toBe('line\n\n');
    expect((await run('tash d ""')).code).toBe(0);
    expect((await run('fetch d')).stdout).toBe('\n');
  });

  it('changes only under the conditions that are given', async () => {
    const first = JSON.parse((await run('tash k one --json')).stdout) as { version: string };
    expect((await run('tash k two --nx')).code).toBe(1);
    expect((await run(`tash k two --if-version ${first.version}`)).code).toBe(0);
    const late = await run(`tash k three --if-version ${first.version}`);
    expect([late.code, late.stdout]).toEqual([1, '']);
    expect((await run('fetch k')).stdout).toBe('two\n');
  });

  it('refuses what is too large', async () => {
    const stdin = Buffer.alloc(16 * 1024 * 1024 + 1, 120);
    const { code, stdout, stderr } = await run('tash big', { stdin });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('COAIA-6157');
  });

  it.each([
    ['tash k', { stdin: '' }, 2, 'no value'],
    ['tash k v --ttl soon', {}, 2, 'COAIA-6156'],
    ['tash k v --ttl 99999w', {}, 2, '100 years'],
    ['tash k v --ttl 5 --no-expire', {}, 2, 'one of'],
    ['tash k v --nx --if-version x', {}, 2, 'one of'],
    ['tash k -F missing.txt', {}, 1, 'does not exist'],
    ['fetch k', { env: { REDIS_URL: 'mysql://x' } }, 3, 'COAIA-6155'],
    ['fetch k', { env: { UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:9' } }, 3, 'no token'],
    ['tash k v', { env: { REDIS_HOST: '127.0.0.1', REDIS_PORT: '9' } }, 2, 'ECONNREFUSED'],
    ['tash k v', { env: { REDIS_HOST: '192.0.2.1', COAIA_OFFLINE: '1' } }, 7, 'COAIA-0601'],
  ] as const)('%s with %j ends with %i', async (line, options, code, words) => {
    const result = await run(line, options);
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toContain(words);
    expect(result.stderr).not.toContain('mysql');
  });
});

describe('in Redis', () => {
  let redis: TestRedis;
  let silent: Server;
  beforeAll(async () => {
    redis = await openTestRedis(['--requirepass', 'right-password']);
    silent = createServer();
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(async () => {
    silent.close();
    await redis.close();
  });

  it('is found by every spelling of its settings', async () => {
    const { port } = redis;
    const client = new Redis({ port, password: 'right-password', db: 3 });
    const host = { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(port), REDIS_DB: '3' };
    const url = `redis://:right-password@127.0.0.1:${port}/3`;
    const envs = [
      { ...host, REDIS_PASSWORD: 'right-password' },
      { ...host, UPSTASH_PASSWORD: 'right-password', COAIA_STASH: 'redis' },
      { REDIS_URL: url },
      { KV_URL: url, REDIS_URL: 'redis://127.0.0.1:9' },
    ];
    for (const [index, env] of envs.entries()) {
      expect((await run(['tash', `k${index}`, `v${index}`], { env })).code).toBe(0);
      expect(await client.get(`k${index}`)).toBe(`v${index}`);
    }
    const jtaleconf = { host: '127.0.0.1', port, password: 'right-password', db: 3 };
    writeFileSync(join(home, 'coaia.json'), JSON.stringify({ jtaleconf }));
    const { code, stdout, stderr } = await run('fetch k2 -v');
    expect([code, stdout]).toEqual([0, 'v2\n']);
    expect(stderr).toBe(`Stash: Redis at 127.0.0.1:${port}\n`);
    const own = await run('fetch k2', { env: { COAIA_STASH: 'embedded' } });
    expect(own.code).toBe(1);
    client.disconnect();
  });

  it('tells a wrong password, a refusal and silence apart, without a word on stdout', async () => {
    const host = { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(redis.port) };
    const wrong = await run('tash k v', { env: { ...host, REDIS_PASSWORD: 'wrong-password' } });
    expect([wrong.code, wrong.stdout]).toEqual([3, '']);
    expect(wrong.stderr).not.toContain('wrong-password');
    const none = await run('fetch k', { env: host });
    expect([none.code, none.stdout]).toEqual([3, '']);
    const url = `redis://:right-password@127.0.0.1:${redis.port}`;
    const client = new Redis(url);
    await client.lpush('list', 'x');
    const list = await run('fetch list', { env: { REDIS_URL: url } });
    expect([list.code, list.stdout]).toEqual([2, '']);
    await client.config('SET', 'maxmemory', '1');
    const full = await run('tash big value', { env: { REDIS_URL: url } });
    await client.config('SET', 'maxmemory', '0');
    expect([full.code, full.stdout]).toEqual([2, '']);
    expect(full.stderr).toContain('COAIA-6154');
    client.disconnect();
    const { port } = silent.address() as AddressInfo;
    const late = await run('tash k v --timeout 0.3', {
      env: { REDIS_URL: `redis://127.0.0.1:${port}` },
    });
    expect([late.code, late.stdout]).toEqual([2, '']);
    const tls = await run('tash k v --timeout 0.5', {
      env: { ...host, REDIS_SSL: 'true', REDIS_PASSWORD: 'right-password' },
    });
    expect([tls.code, tls.stdout]).toEqual([2, '']);
  });

  it('is spoken to over HTTP with a token, patiently', async () => {
    const server = await openUpstashServer(`redis://:right-password@127.0.0.1:${redis.port}`);
    const env = { UPSTASH_REDIS_REST_URL: server.url, UPSTASH_REDIS_REST_TOKEN: server.token };
    server.failures.push(503, 429);
    const kept = await run('tash over-http v -T 10 -v', { env });
    expect([kept.code, kept.stdout]).toEqual([0, 'Kept over-http for 10 min.\n']);
    expect(server.commands).toEqual([['SET', 'over-http', 'v', 'EX', '600']]);
    const wrong = await run('fetch over-http', {
      env: { ...env, UPSTASH_REDIS_REST_TOKEN: 'x-token' },
    });
    expect([wrong.code, wrong.stdout]).toEqual([3, '']);
    expect(wrong.stderr).not.toContain('x-token');
    server.failures.push(500);
    expect((await run('fetch over-http', { env })).code).toBe(2);
    await server.close();
    const kv = { KV_REST_API_URL: server.url, KV_REST_API_TOKEN: server.token };
    const down = await run('tash k v', { env: kv });
    expect([down.code, down.stdout]).toEqual([2, '']);
  });
});

describe('on a server', () => {
  const env = { LANGFUSE_PUBLIC_KEY: 'pk-lf-own', LANGFUSE_SECRET_KEY: 'sk-lf-own' };

  it('is kept for the project, and not in the home', async () => {
    const [kind] = openTestDatabases();
    if (kind === undefined) throw new TypeError('no store');
    const server = await openRoomServer(await kind.open());
    const there = { ...env, LANGFUSE_HOST: server.url };
    try {
      expect((await run('tash a/b c', { env: there })).code).toBe(0);
      expect((await run('fetch a/b', { env: there })).stdout).toBe('c\n');
      expect((await run('fetch a/b')).code).toBe(1);
      expect((await run('fetch a/b', { env: { ...there, COAIA_STASH: 'embedded' } })).code).toBe(1);
      const large = Buffer.alloc(10_000_000, 'é');
      expect((await run('tash large', { env: there, stdin: large })).code).toBe(0);
      const listed = await run('stash list l* --json', { env: there });
      expect(JSON.parse(listed.stdout)).toMatchObject([{ key: 'large', bytes: 10_000_000 }]);
      const others = await server.sendAsOther('GET', '/api/v1/stash');
      expect(others.body.data).toEqual([]);
    } finally {
      await server.close();
    }
    const down = await run('tash a b', { env: there });
    expect([down.code, down.stdout]).toEqual([2, '']);
  });

  it('says so when the server keeps none', async () => {
    const stub = await openLangfuseStub();
    const result = await run('tash a b', { env: stub.env });
    expect([result.code, result.stdout]).toEqual([3, '']);
    expect(result.stderr).toContain('COAIA-6158');
    await stub.close();
  });
});
