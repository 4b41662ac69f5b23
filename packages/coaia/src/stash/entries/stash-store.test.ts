/** One contract for every place where entries are kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { createEgress } from '#egress';
import { openRemoteCalls } from '#observability';
import { openTestDatabases } from '#store/testing';
import { createClient, createStashApi } from '@coaia/client';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import { openIoredisPort } from '../redis/ioredis-port.ts';
import { openRedisStash } from '../redis/redis-stash.ts';
import { parseRedisUrl } from '../redis/stash-place.ts';
import { openUpstashPort } from '../redis/upstash-port.ts';
import { openTestRedis } from '../testing/redis-server.ts';
import type { TestRedis } from '../testing/redis-server.ts';
import { openUpstashServer } from '../testing/upstash-server.ts';
import { openEmbeddedStash } from './embedded.ts';
import type { StashStore } from './entry.ts';
import { openRemoteStash } from './remote.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(() => redis.close());

interface Opened {
  readonly store: StashStore;
  /** Lets the entries' time pass; undefined where the clock is not ours. */
  readonly pass: ((milliseconds: number) => void) | undefined;
  close(): Promise<void>;
}

async function emptyRedis(): Promise<void> {
  const client = new Redis(redis.url);
  await client.flushall();
  client.disconnect();
}

const [sqlite] = openTestDatabases();

const places: readonly (readonly [string, () => Promise<Opened>])[] = [
  ...openTestDatabases().map(({ name, open }) => {
    const openHere = async (): Promise<Opened> => {
      const db = await open();
      let now = 1_760_000_000_000;
      const store = openEmbeddedStash(db, 'default', () => now);
      return { store, pass: (ms) => (now += ms), close: () => db.close() };
    };
    return [`embedded on ${name}`, openHere] as const;
  }),
  [
    'redis',
    async () => {
      await emptyRedis();
      const options = { timeoutMs: 5000, onConnect: () => undefined };
      const port = openIoredisPort(parseRedisUrl(redis.url), options);
      const store = openRedisStash(port, Date.now);
      return { store, pass: undefined, close: async () => port.close() };
    },
  ],
  [
    'redis over http',
    async () => {
      await emptyRedis();
      const server = await openUpstashServer(redis.url);
      const folder = mkdtempSync(join(tmpdir(), 'coaia-upstash-'));
      const egress = createEgress({ offline: true, ledgerPath: join(folder, 'l'), env: {} });
      const store = openRedisStash(openUpstashPort(server, egress, { timeoutMs: 5000 }), Date.now);
      const close = async () => {
        egress.close();
        await server.close();
        rmSync(folder, { recursive: true });
      };
      return { store, pass: undefined, close };
    },
  ],
  [
    'a server',
    async () => {
      if (sqlite === undefined) throw new TypeError('no store');
      let now = Date.now();
      const server = await openRoomServer(await sqlite.open(), () => now);
      const client = createClient({
        baseUrl: server.url,
        publicKey: 'pk-lf-own',
        secretKey: 'sk-lf-own',
      });
      const store = openRemoteStash(await openRemoteCalls(createStashApi(client)), server.url);
      return { store, pass: (ms) => (now += ms), close: () => server.close() };
    },
  ],
];

const text = (value: string) => Buffer.from(value, 'utf8');
const bytes = Buffer.from([0, 1, 2, 0xff, 0xfe, 10, 0xc3, 0x28]);

describe.each(places)('%s', (_, open) => {
  let place: Opened;
  let store: StashStore;
  beforeEach(async () => {
    place = await open();
    ({ store } = place);
  });
  afterEach(() => place.close());

  const put = (key: string, value: Uint8Array, lifeSeconds: number | null = null) =>
    store.put({ key, value, lifeSeconds });
  const read = async (key: string) => (await store.get(key))?.value;

  it('gives back exactly what it got', async () => {
    const values = [bytes, text(''), text('héllo 日本 \u0001'), text('\u0001x'), text('OK')];
    for (const value of values) {
      await put('k', value);
      expect(Buffer.compare((await read('k')) ?? text('none'), value)).toBe(0);
    }
    expect(await store.get('nothing')).toBeUndefined();
  });

  it('takes keys of all kinds', async () => {
    for (const key of ['a/b c', 'ü:日本?#%2F', '{x}', '..x']) {
      await put(key, text(key));
      expect(String(await read(key))).toBe(key);
    }
    await expect(put('', text('x'))).rejects.toMatchObject({ code: 'COAIA-6157' });
    await expect(store.get('k'.repeat(1025))).rejects.toMatchObject({ code: 'COAIA-6157' });
  });

  it('ends lives and starts new ones', async () => {
    await put('short', bytes, 1);
    await put('long', text('x'), 333_300);
    const { expiresAt } = (await store.get('long')) ?? {};
    const [listed] = await store.list('lon?', 10);
    const now = place.pass === undefined ? Date.now() : (expiresAt ?? 0) - 333_300_000;
    expect(((expiresAt ?? 0) - now) / 1000).toBeCloseTo(333_300, -1);
    expect(listed).toMatchObject({ key: 'long', bytes: 1 });
    if (place.pass === undefined) await sleep(1100);
    else place.pass(1000);
    expect(await read('short')).toBeUndefined();
    expect((await store.list('*', 10)).map(({ key }) => key)).toEqual(['long']);
    expect(await store.delete('short')).toBe(false);
    await store.put({ key: 'short', value: bytes, lifeSeconds: null, onlyIf: 'absent' });
    expect((await store.get('short'))?.expiresAt).toBeNull();
    await put('long', text('y'));
    expect((await store.get('long'))?.expiresAt).toBeNull();
  });

  it.each([text('one'), bytes])('changes only what is expected: %#', async (value) => {
    const key = 'k';
    const first = await store.put({ key, value, lifeSeconds: 60, onlyIf: 'absent' });
    const refused = store.put({ key, value: text('x'), lifeSeconds: 60, onlyIf: 'absent' });
    await expect(refused).rejects.toMatchObject({ code: 'COAIA-6153' });
    expect((await store.get(key))?.version).toBe(first.version);
    const onlyIf = { version: first.version };
    const second = await store.put({ key, value: text('two'), lifeSeconds: null, onlyIf });
    expect(second.version).not.toBe(first.version);
    const late = store.put({ key, value: text('three'), lifeSeconds: null, onlyIf });
    await expect(late).rejects.toMatchObject({ code: 'COAIA-6153' });
    expect(String(await read(key))).toBe('two');
    const gone = store.put({ key: 'gone', value, lifeSeconds: null, onlyIf });
    await expect(gone).rejects.toMatchObject({ code: 'COAIA-6153' });
  });

  it('lets one of many win', async () => {
    const tries = Array.from({ length: 20 }, (__, index) =>
      store.put({ key: 'k', value: text(`${index}`), lifeSeconds: 60, onlyIf: 'absent' }),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('lists in order and forgets', async () => {
    for (const key of ['b:1', 'a:2', 'a:1', 'ab']) await put(key, text('xy'));
    const keys = async (pattern: string, limit = 10) =>
      (await store.list(pattern, limit)).map(({ key }) => key);
    expect(await keys('*')).toEqual(['a:1', 'a:2', 'ab', 'b:1']);
    expect(await keys('a:*')).toEqual(['a:1', 'a:2']);
    expect(await keys('[ab]:1')).toEqual(['a:1', 'b:1']);
    expect(await keys('*', 2)).toEqual(['a:1', 'a:2']);
    expect(await keys('none*')).toEqual([]);
    expect([await store.delete('ab'), await store.delete('ab')]).toEqual([true, false]);
    expect(await store.list('ab', 1)).toEqual([]);
  });
});
