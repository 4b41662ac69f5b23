/** Check 19: the stash, in the store of the home, on a server, and in a Redis. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCoaia } from '../../packages/coaia/src/cli/testing.ts';
import {
  openTestRedis,
  readTestRedis,
} from '../../packages/coaia/src/stash/testing/redis-server.ts';
import type { TestRedis } from '../../packages/coaia/src/stash/testing/redis-server.ts';
import { openServerTarget } from './targets.ts';

let redis: TestRedis;
let server: Awaited<ReturnType<typeof openServerTarget>>;
const home = mkdtempSync(join(tmpdir(), 'coaia-check-19-'));
beforeAll(async () => {
  [redis, server] = await Promise.all([openTestRedis(), openServerTarget()]);
});
afterAll(async () => {
  await Promise.all([redis.close(), server.close()]);
  rmSync(home, { recursive: true, force: true });
});

const places: readonly (readonly [string, () => Readonly<Record<string, string>>])[] = [
  ['the home', () => ({})],
  ['a server', () => server.env],
  ['a Redis', () => ({ REDIS_HOST: redis.host, REDIS_PORT: String(redis.port) })],
];

describe.each(places)('check 19 in %s', (_, toEnv) => {
  const run = (line: string) => runCoaia(line, { home, env: toEnv() });

  test('lives are as long as they are said to be', async () => {
    for (const [line, seconds] of [
      ['tash k v', 333_300],
      ['tash k v -T 10', 600],
      ['tash k v -T 0', null],
      ['m k v --ttl -1', null],
      ['tash k v --ttl 90s', 90],
    ] as const) {
      const { code, stdout } = await run(`${line} --json`);
      expect([code, JSON.parse(stdout).ttlSeconds]).toEqual([0, seconds]);
      const { expiresAt } = JSON.parse((await run('fetch k --json')).stdout);
      if (seconds === null) expect(expiresAt).toBeNull();
      else {
        const left = (Date.parse(expiresAt) - Date.now()) / 1000;
        expect(Math.abs(left - seconds)).toBeLessThan(5);
      }
    }
  });

  test('what is missing ends with 1, and bytes are exact', async () => {
    const missing = await run('fetch missing');
    expect([missing.code, missing.stdout]).toEqual([1, '']);
    const bytes = Buffer.from(Array.from({ length: 256 }, (__, index) => index));
    writeFileSync(join(home, 'in'), bytes);
    expect((await run('tash bin --f in')).code).toBe(0);
    expect((await run('fetch bin -O out')).code).toBe(0);
    expect(Buffer.compare(readFileSync(join(home, 'out')), bytes)).toBe(0);
  });
});

test('check 19: in Redis stands the plain text, for other programs', async () => {
  await runCoaia('tash plain hello', { home, env: { REDIS_URL: redis.url } });
  const kept = await readTestRedis(redis.url, 'plain');
  expect(kept.value).toBe('hello');
  expect(Math.abs(kept.life - 333_300)).toBeLessThan(10);
});

test.each(['tash k v', 'fetch k', 'm k v -v'])(
  'check 19: %s with a store that is down ends with 2 and says nothing on stdout',
  async (line) => {
    const env = { REDIS_HOST: '127.0.0.1', REDIS_PORT: '9' };
    const { code, stdout, stderr } = await runCoaia(line, { home, env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('COAIA-6150');
  },
);
