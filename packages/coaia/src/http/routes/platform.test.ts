import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSignInLink, openAccess, openSession } from '#access';
import type { Access } from '#access';
import type { Database } from '#store';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hono } from 'hono';
import { createApp } from '../app.ts';
import { BASIC, PUBLIC_KEY, SECRET_KEY } from '../testing.ts';
import type { PlatformPorts } from './platform-ports.ts';
import { platformRoutes } from './platform.ts';

describe.each(openTestDatabases())('platform routes on $name', ({ open }) => {
  let db: Database;
  let access: Access;
  let app: Hono;
  let folder: string;
  let state: { isClosing: boolean; isAway: boolean; degraded: string[] };

  beforeEach(async () => {
    const real = await open();
    state = { isClosing: false, isAway: false, degraded: [] };
    db = {
      ...real,
      read: (sql, parameters) =>
        state.isAway ? Promise.reject(new Error('away')) : real.read(sql, parameters),
    };
    folder = await mkdtemp(join(tmpdir(), 'coaia-platform-'));
    const env = {
      LANGFUSE_INIT_PROJECT_PUBLIC_KEY: PUBLIC_KEY,
      LANGFUSE_INIT_PROJECT_SECRET_KEY: SECRET_KEY,
    };
    access = await openAccess(db, { env, credentialsPath: join(folder, 'credentials.json') });
    const ports: PlatformPorts = {
      access,
      db,
      version: '0.0.0',
      baseUrl: () => 'http://127.0.0.1:26242',
      isClosing: () => state.isClosing,
      degraded: () => state.degraded,
      hasSample: () => Promise.resolve(false),
      routes: () => platformRoutes,
      dispatch: async (request) => app.fetch(request),
      limits: { bodyBytes: 4_500_000 },
    };
    app = createApp({ routes: platformRoutes, provide: () => ports, access });
  });

  afterEach(async () => {
    await access.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('fails without a recent event when asked to', async () => {
    const ask = async () =>
      (await app.request('/api/public/health?failIfNoRecentEvents=true')).status;
    const addChange = () =>
      db.write((tx) => tx.addChanges('default', [{ kind: 'trace', id: 't' }]));
    expect(await ask()).toBe(503);
    await addChange();
    expect(await ask()).toBe(200);
    await db.write((tx) => tx.run('UPDATE changes SET at = at - 200000'));
    expect(await ask()).toBe(503);
    expect((await app.request('/api/public/health')).status).toBe(200);
  });

  it('says that it is there, to everybody', async () => {
    const answer = await app.request('/api/public/health');
    expect(await answer.json()).toEqual({ status: 'OK', version: '4.35.0', coaia: '0.0.0' });
    expect((await app.request('/api/public/ready')).status).toBe(200);
  });

  it('stays there while the store is away, says so, and fails when asked to', async () => {
    state.isAway = true;
    const soft = await app.request('/api/public/health');
    expect([soft.status, await soft.json()]).toMatchObject([
      200,
      { degraded: ['The store does not answer.'] },
    ]);
    const hard = await app.request('/api/public/health?failIfDatabaseUnavailable=true');
    expect([hard.status, await hard.json()]).toMatchObject([
      503,
      { error: 'ServiceUnavailableError' },
    ]);
    expect((await app.request('/api/public/ready')).status).toBe(503);
  });

  it('says what is degraded', async () => {
    state.degraded = ['The disk is full.'];
    const answer = await app.request('/api/public/health');
    expect(await answer.json()).toMatchObject({ status: 'OK', degraded: ['The disk is full.'] });
  });

  it('wants no traffic while it stops, and is still healthy', async () => {
    state.isClosing = true;
    expect((await app.request('/api/public/ready')).status).toBe(503);
    expect((await app.request('/api/public/health')).status).toBe(200);
  });

  it('shows the project of the key', async () => {
    expect((await app.request('/api/public/projects')).status).toBe(401);
    const answer = await app.request('/api/public/projects', { headers: { authorization: BASIC } });
    expect(await answer.json()).toEqual({
      data: [
        {
          id: 'default',
          name: 'default',
          organization: { id: 'default', name: 'default' },
          metadata: {},
        },
      ],
    });
  });

  it('tells the page who it is, with the secret only while it lies in the home', async () => {
    const ask = async () =>
      (await (
        await app.request('/api/v1/session', { headers: { authorization: BASIC } })
      ).json()) as Record<string, unknown>;
    expect(await ask()).toEqual({
      project: { id: 'default', name: 'default' },
      projects: [{ id: 'default', name: 'default' }],
      server: {
        version: '4.35.0',
        coaia: '0.0.0',
        baseUrl: 'http://127.0.0.1:26242',
        store: db.dialect.name,
      },
      credentials: { publicKey: PUBLIC_KEY, secretKey: SECRET_KEY },
      sample: { loaded: false },
      limits: { bodyBytes: 4_500_000 },
    });
    await rm(join(folder, 'credentials.json'));
    expect((await ask())['credentials']).toEqual({ publicKey: PUBLIC_KEY, secretKey: null });
  });

  it('signs out for good', async () => {
    const { token } = await createSignInLink(db, 'default');
    const headers = {
      cookie: `coaia_session=${await openSession(access, token)}`,
      host: 'localhost',
      origin: 'http://localhost',
    };
    expect((await app.request('/api/v1/session', { headers })).status).toBe(200);
    const out = await app.request('/api/v1/sign-out', { method: 'POST', headers });
    expect([out.status, out.headers.get('set-cookie')]).toEqual([
      204,
      'coaia_session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0',
    ]);
    expect((await app.request('/api/v1/session', { headers })).status).toBe(401);
  });

  it('describes itself to whoever may call', async () => {
    const authorization = `Basic ${Buffer.from(`${PUBLIC_KEY}:${SECRET_KEY}`).toString('base64')}`;
    const answer = await app.request('/api/v1/openapi.json', { headers: { authorization } });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      openapi: '3.1.1',
      paths: { '/api/public/health': { get: { operationId: 'health.health' } } },
    });
    expect((await app.request('/api/v1/openapi.json')).status).toBe(401);
  });
});
