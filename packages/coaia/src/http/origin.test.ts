import { createSignInLink, openSession } from '#access';
import { defineRoute } from '#surface';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLoopback, toHostRule } from './origin.ts';
import { BASIC, createTestApp, nothing, openTestStore } from './testing.ts';
import type { TestStore } from './testing.ts';

const base = {
  operation: 'test.test',
  summary: 'Test',
  access: 'project',
  needs: nothing,
} as const;
const path = '/api/v1/things';
const routes = [
  defineRoute({ ...base, method: 'GET', path, handler: async () => ({ json: 'read' }) }),
  defineRoute({ ...base, method: 'POST', path, handler: async () => ({ json: 'changed' }) }),
];

describe('hosts and origins', () => {
  let store: TestStore;
  let app: Hono;
  let cookie: string;
  const own = 'http://localhost:26242';

  beforeAll(async () => {
    store = await openTestStore();
    app = createTestApp(store, routes, { hosts: toHostRule('127.0.0.1', 'https://ai.example') });
    const { token } = await createSignInLink(store.db, 'default');
    cookie = `coaia_session=${await openSession(store.access, token)}`;
  });

  afterAll(() => store.close());

  const ask = async (method: string, headers: Record<string, string>) => {
    const answer = await app.request(path, {
      method,
      headers: { host: 'localhost:26242', ...headers },
    });
    return answer.status;
  };

  it('answers to its own names only', async () => {
    const good = ['localhost', 'LOCALHOST:1', '127.0.0.1:26242', '[::1]:26242', 'ai.example'];
    for (const host of good)
      expect([host, await ask('GET', { host, authorization: BASIC })]).toEqual([host, 200]);
    const bad = [
      'evil.example',
      'localhost.evil.example',
      'evil.example:26242',
      '127.0.0.1.nip.io',
      '127.0.0.2',
      '0.0.0.0',
      '[::ffff:127.0.0.1]',
      '2130706433',
      'localhost.',
      'user@localhost',
    ];
    for (const host of bad)
      expect([host, await ask('GET', { host, authorization: BASIC })]).toEqual([host, 421]);
  });

  it('answers to every name on an address that other machines reach', async () => {
    const open = createTestApp(store, routes, { hosts: toHostRule('0.0.0.0') });
    const answer = await open.request(path, {
      headers: { host: 'team.example', authorization: BASIC },
    });
    expect(answer.status).toBe(200);
  });

  it('takes changes by cookie from its own page only', async () => {
    expect(await ask('POST', { cookie, origin: own })).toBe(200);
    expect(await ask('POST', { cookie, 'sec-fetch-site': 'same-origin' })).toBe(200);
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:3000' },
      { origin: 'http://localhost:26242.evil.example' },
      { origin: own, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site' },
      {},
    ];
    for (const headers of foreign)
      expect([headers, await ask('POST', { cookie, ...headers })]).toEqual([headers, 403]);
  });

  it('takes reads and streams by cookie unless another page sends them', async () => {
    expect(await ask('GET', { cookie })).toBe(200);
    expect(await ask('GET', { cookie, 'sec-fetch-site': 'none' })).toBe(200);
    const accept = 'text/event-stream';
    expect(await ask('GET', { cookie, accept, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await ask('GET', { cookie, accept, origin: 'https://evil.example' })).toBe(403);
    expect(await ask('GET', { cookie, accept, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await ask('GET', { cookie, 'sec-fetch-site': 'same-site' })).toBe(403);
  });

  it('does not ask programs with keys where they come from', async () => {
    expect(await ask('POST', { authorization: BASIC })).toBe(200);
    expect(await ask('POST', { authorization: BASIC, cookie: 'coaia_session=x' })).toBe(200);
  });

  it('knows which addresses stay on this machine', () => {
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])
      expect([host, isLoopback(host)]).toEqual([host, true]);
    for (const host of ['0.0.0.0', '::', '192.168.0.1', '127.evil.example', '10.0.0.1', ''])
      expect([host, isLoopback(host)]).toEqual([host, false]);
  });
});
