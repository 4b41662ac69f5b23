import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient } from './client.ts';
import {
  cacheScoreConfig,
  getConfigWithAutoRefresh,
  getCurrentProjectInfo,
  getProjectCachePath,
  isCacheStale,
  loadProjectCache,
} from './config-cache.ts';
import type { ScoreConfig } from './scores-api.ts';
import { openStubServer } from './stub-server.ts';
import type { StubServer } from './stub-server.ts';

const toConfig = (id: string, name: string): ScoreConfig => ({
  id,
  name,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  projectId: 'p 1',
  dataType: 'NUMERIC',
  isArchived: false,
});

let server: StubServer;
let home: string;
let isAway: boolean;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'client-cache-'));
  isAway = false;
  server = await openStubServer(({ url }) => {
    if (isAway) return { status: 503, json: {} };
    if (url === '/api/public/projects') return { json: { data: [{ id: 'p 1', name: 'house' }] } };
    const page = Number(new URL(url, 'http://stub').searchParams.get('page'));
    const data = page === 1 ? [toConfig('a', 'Range')] : [toConfig('b', 'Other')];
    return { json: { data, meta: { page, limit: 1, totalItems: 2, totalPages: 2 } } };
  });
});
afterEach(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const open = () =>
  createClient({ baseUrl: server.url, publicKey: 'pk', secretKey: 'sk', retries: 0 });

test('asks once, then answers from the file without any request', async () => {
  const client = open();
  expect(await getConfigWithAutoRefresh(client, 'Other', { home })).toMatchObject({ id: 'b' });
  expect(server.requests).toHaveLength(3);
  expect(await getConfigWithAutoRefresh(client, 'a', { home })).toMatchObject({
    name: 'Range',
    cached_at: expect.any(String),
  });
  expect(server.requests).toHaveLength(3);
  expect(await getConfigWithAutoRefresh(client, 'none', { home })).toBeUndefined();
  expect(await loadProjectCache('p 1', { home })).toMatchObject({
    schema: 1,
    project_id: 'p 1',
    project_name: 'house',
    base_url: server.url,
    configs: [{ id: 'a' }, { id: 'b' }],
  });
});

test('an old entry is asked for again, and serves while the server is away', async () => {
  const client = open();
  const path = await getProjectCachePath('p 1', { home });
  mkdirSync(dirname(path), { recursive: true });
  const old = { ...toConfig('a', 'Range'), description: 'old', cached_at: '2020-01-01T00:00:00Z' };
  // As CoAiAPy writes it.
  writeFileSync(path, JSON.stringify({ configs: [old], last_sync: old.cached_at }));
  await getCurrentProjectInfo(client);
  expect(await getConfigWithAutoRefresh(client, 'Range', { home })).not.toHaveProperty(
    'description',
  );
  writeFileSync(path, JSON.stringify({ configs: [old], last_sync: old.cached_at }));
  isAway = true;
  expect(await getConfigWithAutoRefresh(client, 'Range', { home })).toMatchObject({
    description: 'old',
  });
  await expect(getConfigWithAutoRefresh(client, 'Other', { home })).rejects.toMatchObject({
    kind: 'unavailable',
  });
});

test('the copy of another server is not used', async () => {
  const client = open();
  await getConfigWithAutoRefresh(client, 'Range', { home });
  const cache = await loadProjectCache('p 1', { home });
  const path = await getProjectCachePath('p 1', { home });
  writeFileSync(path, JSON.stringify({ ...cache, base_url: 'http://elsewhere' }));
  const before = server.requests.length;
  await getConfigWithAutoRefresh(client, 'Range', { home });
  expect(server.requests.length).toBeGreaterThan(before);
});

test('one config is put in place of the one with its id or name', async () => {
  const path = await getProjectCachePath('p', { home });
  await cacheScoreConfig(path, toConfig('a', 'Range'));
  await cacheScoreConfig(path, toConfig('b', 'Other'));
  await cacheScoreConfig(path, { ...toConfig('c', 'Range'), description: 'new' });
  const cache = await loadProjectCache('p', { home });
  expect(cache?.configs.map(({ id }) => id)).toEqual(['b', 'c']);
  expect(cache?.configs.every((one) => !isCacheStale(one))).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a day is the limit, and a time that cannot be read is over it', () => {
  const now = Date.parse('2026-01-02T00:00:00Z');
  expect(isCacheStale({ cached_at: '2026-01-01T00:00:01.000000+00:00' }, 24, now)).toBe(false);
  expect(isCacheStale({ cached_at: '2026-01-01T00:00:00Z' }, 24, now)).toBe(true);
  expect(isCacheStale({ cached_at: '2026-01-01T00:00:00Z' }, 48, now)).toBe(false);
  expect(isCacheStale({ cached_at: 'yesterday' }, 24, now)).toBe(true);
  expect(isCacheStale({}, 24, now)).toBe(true);
});

test('ids that could lead out of the folder name no file; damaged files are none', async () => {
  for (const id of ['', '..', 'a/b', String.raw`a\b`])
    await expect(getProjectCachePath(id, { home })).rejects.toMatchObject({ kind: 'rejected' });
  const path = await getProjectCachePath('p', { home });
  mkdirSync(dirname(path), { recursive: true });
  for (const text of ['', '{', '[]', '{"configs":7}']) {
    writeFileSync(path, text);
    chmodSync(path, 0o600);
    expect(await loadProjectCache('p', { home })).toBeUndefined();
  }
});
