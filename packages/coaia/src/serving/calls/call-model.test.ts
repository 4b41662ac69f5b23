import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabases } from '#store/testing';
import { openSecretBox } from '#models';
import type { EgressInit } from '#egress';
import type { Database } from '#store';
import type { GatewayInput } from '@coaia/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCallAuthenticator, createCallSecret } from '../gateway/call-token.ts';
import { announceGateway } from '../versions/announce-gateway.ts';
import { createLocalDeployments } from '../versions/local-api.ts';
import { callModel, requireAnswer } from './call-model.ts';

const scope = { projectId: 'p', level: 'project', via: 'key', publicKey: 'pk-lf-1' } as const;
const model = {
  model: 'cars',
  version: 1,
  digest: 'a'.repeat(64),
  language: 'r',
  platform: 'r_lm',
};
const signature = { inputs: [{ name: 'wt' }], outputs: [{ name: 'prediction' }] };
const call = { model: 'cars', data: { wt: 2.5 } };

const toSign = (url: string, callSecret?: string): GatewayInput => ({
  name: 'cars',
  url,
  folder: '/f',
  host: hostname(),
  processId: 1,
  state: 'ready',
  link: 'pipe',
  models: [
    { model: 'cars', version: '1', state: 'ready', workers: 1, busy: 0, queued: 0, restarts: 0 },
  ],
  ...(callSecret === undefined ? {} : { callSecret }),
  startedAt: new Date().toISOString(),
});

describe.each(openTestDatabases())('calls of the workbench over $name', ({ open }) => {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-calls-'));
  const secrets = openSecretBox({ folder });
  let db: Database;
  const openAs = (projectId: string) =>
    createLocalDeployments({ db, clock: Date.now, secrets }, { ...scope, projectId });

  beforeAll(async () => {
    db = await open();
    const manifest = { format: 1, project: 'cars', ...model, signature, files: {} };
    for (const projectId of ['p', 'q', 'r', 's'])
      await openAs(projectId).registerVersion({ manifest, folder: '/f' });
  });
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('asks the gateway that is ready, and passes its own sentence on', async () => {
    const asked: string[] = [];
    const fetch = async (url: string, init: RequestInit) => {
      asked.push(`${url} ${JSON.stringify(init.body)}`);
      const error = { code: 'AO422', message: '`wt`: needed, missing.' };
      return url.includes('versions/2')
        ? Response.json({ error }, { status: 422 })
        : Response.json({ predictions: [21] });
    };
    const ports = { db, clock: Date.now, fetch, secrets, gatewayHosts: [] };
    await expect(callModel(ports, scope, call)).rejects.toMatchObject({ code: 'AO668' });
    expect(asked).toEqual([]);
    await openAs('p').announceGateway('g', toSign('http://127.0.0.1:1'));
    expect(requireAnswer(await callModel(ports, scope, call))).toEqual({ predictions: [21] });
    const refused = await callModel(ports, scope, { ...call, version: '2' });
    expect(refused.status).toBe(422);
    expect(() => requireAnswer(refused)).toThrow('AO422: `wt`: needed, missing.');
    expect(asked[0]).toContain('http://127.0.0.1:1/v1/models/cars/predict');
    const proxy = { ...ports, fetch: async () => new Response('<html>', { status: 502 }) };
    await expect(callModel(proxy, scope, call)).rejects.toMatchObject({ code: 'AO669' });
  });

  test('shows a gateway with keys a token of its own, and no other gateway any', async () => {
    const sent: (readonly [url: string, token: string | null])[] = [];
    const fetch = async (url: string, init: RequestInit) => {
      sent.push([new URL(url).origin, new Headers(init.headers).get('authorization')]);
      return Response.json({ predictions: [1] });
    };
    const ports = { db, clock: Date.now, fetch, secrets, gatewayHosts: [] };
    const ask = (projectId: string) => callModel(ports, { ...scope, projectId }, call);
    const [first, second] = [createCallSecret(), createCallSecret()];
    await openAs('q').announceGateway('g', toSign('http://127.0.0.1:2', first));
    await openAs('r').announceGateway('g', toSign('http://127.0.0.1:3', second));
    await openAs('p').announceGateway('g', toSign('http://127.0.0.1:1'));
    for (const projectId of ['p', 'q', 'r']) await ask(projectId);
    expect(sent.map(([url]) => url.at(-1))).toEqual(['1', '2', '3']);
    expect(sent[0]?.[1]).toBeNull();
    const bodies = sent.slice(1).map(([, token]) => token?.split('.')[1] ?? '');
    for (const body of bodies)
      expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toMatchObject({
        model: 'cars',
        by: 'key:pk-lf-1',
      });
    // Another one takes over the id: the token is made for what it announced, not for the first.
    const isOf = async (secret: string, bearer = '') =>
      createCallAuthenticator(
        secret,
        async () => ({ id: '' }),
        Date.now,
      )({
        authorization: bearer,
      }).then(
        () => true,
        () => false,
      );
    expect(await isOf(first, sent[1]?.[1] ?? '')).toBe(true);
    expect(await isOf(second, sent[1]?.[1] ?? '')).toBe(false);
    await openAs('q').announceGateway('g', toSign('http://127.0.0.1:4', second));
    await ask('q');
    expect(sent[3]?.[0]).toBe('http://127.0.0.1:4');
    expect(await isOf(first, sent[3]?.[1] ?? '')).toBe(false);
    await openAs('q').announceGateway('g', toSign('http://127.0.0.1:5'));
    await ask('q');
    expect(sent[4]).toEqual(['http://127.0.0.1:5', null]);
    // A server with another encryption key says so, and asks nobody.
    const other = { ...ports, secrets: openSecretBox({ folder: join(folder, 'other') }) };
    await expect(callModel(other, { ...scope, projectId: 'r' }, call)).rejects.toMatchObject({
      code: 'AO675',
    });
    expect(sent).toHaveLength(5);
  });

  test('asks only where an announcement may send it', async () => {
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(new URL(url).host);
      return Response.json({ predictions: [1] });
    };
    const ports = { db, clock: Date.now, fetch, secrets, gatewayHosts: ['allowed.example'] };
    const own = { ...scope, projectId: 's' };
    const announce = (id: string, url: string, from: string) =>
      announceGateway(ports, own, id, toSign(url, createCallSecret()), from);
    await announce('a', 'http://169.254.169.254', '10.0.0.5');
    await expect(callModel(ports, own, call)).rejects.toMatchObject({ code: 'AO674' });
    await announce('a', 'http://10.0.0.6:5432', '10.0.0.5');
    await expect(callModel(ports, own, call)).rejects.toMatchObject({
      code: 'AO674',
      message: expect.stringContaining('was announced from 10.0.0.5'),
      hint: 'coaia config set gateway_hosts 10.0.0.6:5432',
    });
    expect(asked).toEqual([]);
    // Another one that may be asked answers in its place.
    await announce('b', 'http://0.0.0.0:8000', '10.0.0.7');
    await callModel(ports, own, call);
    await announce('b', 'http://allowed.example', '10.0.0.7');
    await callModel(ports, own, call);
    expect(asked).toEqual(['10.0.0.7:8000', 'allowed.example']);
  });

  test('an allowed name that leads to what nobody can allow, and silence, are sentences', async () => {
    const ports = { db, clock: Date.now, secrets, gatewayHosts: ['localhost'] };
    const own = { ...scope, projectId: 's' };
    await announceGateway(ports, own, 'a', toSign('http://localhost:1'), '');
    await announceGateway(ports, own, 'b', { ...toSign('http://10.0.0.1'), state: 'stopped' }, '');
    const lookups: unknown[] = [];
    const fetch = async (_url: string, { lookup }: EgressInit) => {
      lookups.push(lookup);
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    };
    await expect(callModel({ ...ports, fetch }, own, call)).rejects.toMatchObject({
      code: 'COAIA-0602',
    });
    expect(lookups).toEqual([expect.any(Function)]);
  });
});
