import { loadRoutes } from '#main/route-tables';
import type { Scope } from '#base';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProjectKey, listProjectKeys } from './api-keys/api-keys.ts';
import { authenticateKey } from './authenticate.ts';
import { openAdminApp, PROJECT_PAIR, toBasic } from './testing.ts';
import type { AdminApp } from './testing.ts';

const LOCAL: Scope = { projectId: 'default', level: 'project', via: 'local' };

const toManifest = (model: string) => ({
  format: 1,
  project: 'p',
  model,
  version: 1,
  digest: 'a'.repeat(64),
  language: 'r',
  platform: 'r_lm',
  signature: { inputs: [], outputs: [] },
  files: {},
});

describe.each(openTestDatabases())('keys with scopes on $name', ({ open }) => {
  let admin: AdminApp;
  beforeEach(async () => {
    admin = await openAdminApp(await open());
  });
  afterEach(() => admin.close());
  const make = (...scopes: readonly string[]) =>
    createProjectKey(admin.ports, LOCAL, 'default', { scopes });

  it('keeps and lists them', async () => {
    const { id } = await make('predict:iris', 'predict:iris', 'deploy:*');
    const keys = await listProjectKeys(admin.ports, LOCAL, 'default');
    expect(keys.find((one) => one.id === id)?.scopes).toEqual(['predict:iris', 'deploy:*']);
    expect(keys.find((one) => one.id !== id)?.scopes).toBeNull();
  });

  it.each([['iris'], ['read:iris'], ['predict:'], ['predict:a b']])('refuses %s', async (scope) => {
    await expect(make(scope)).rejects.toMatchObject({ code: 'COAIA-0002' });
    await expect(make()).rejects.toMatchObject({ code: 'COAIA-0002' });
  });

  it('open no operation of the workbench, as secret or as public key', async () => {
    const key = await make('predict:*', 'deploy:*');
    const send = admin.sendAs(toBasic([key.publicKey, key.secretKey]));
    const sendPublic = admin.sendAs({ authorization: `Bearer ${key.publicKey}` });
    const routes = (await loadRoutes()).filter(
      ({ access, keyScope }) => access !== 'open' && keyScope === undefined,
    );
    const answers = await Promise.all(
      routes.map(async ({ method, path }) => {
        const address = path.replaceAll(/:\w+/g, 'default');
        const { status } = await send(method, address);
        return `${status} ${method} ${path}`;
      }),
    );
    expect(routes.length).toBeGreaterThan(150);
    expect(answers.filter((one) => !one.startsWith('403'))).toEqual([]);
    expect((await sendPublic('POST', '/scores', {})).body).toMatchObject({
      error: 'ForbiddenError',
    });
  });

  it('open what changes the traffic of the models that they name', async () => {
    const key = await make('deploy:iris', 'predict:*');
    const send = admin.sendAs(toBasic([key.publicKey, key.secretKey]));
    const { body } = await send('GET', '/api/v1/deployments/iris');
    expect(body.code).not.toBe('COAIA-0328');
    const other = await send('GET', '/api/v1/deployments/churn');
    expect([other.status, other.body.code]).toEqual([403, 'COAIA-0328']);
    const register = (address: string, model: string) =>
      send('POST', `/api/v1/deployments/${address}/versions`, {
        manifest: toManifest(model),
        folder: '',
      });
    expect((await register('iris', 'iris')).status).toBe(200);
    expect((await register('iris', 'churn')).body.code).toBe('AO661');
    expect((await register('churn', 'churn')).body.code).toBe('COAIA-0328');
    expect((await send('GET', '/api/v1/deployments/iris/versions/1/gate')).body).toMatchObject({
      verdict: 'unknown',
      champion: 1,
    });
  });

  it('authenticates programs that send the secret alone', async () => {
    const key = await make('predict:iris');
    const ask = (headers: Readonly<Record<string, string>>) =>
      authenticateKey({ get: (name) => headers[name] }, admin.access);
    const expected = { projectId: 'default', publicKey: key.publicKey, scopes: ['predict:iris'] };
    expect(await ask({ authorization: `Bearer ${key.secretKey}` })).toMatchObject(expected);
    expect(await ask({ 'x-api-key': key.secretKey })).toMatchObject(expected);
    expect(await ask(toBasic([key.publicKey, key.secretKey]))).toMatchObject(expected);
    expect((await ask(toBasic(PROJECT_PAIR))).scopes).toBeUndefined();
    await expect(ask({})).rejects.toMatchObject({ code: 'COAIA-0301' });
    await expect(ask({ authorization: `Bearer ${key.publicKey}` })).rejects.toMatchObject({
      code: 'COAIA-0301',
    });
  });
});
