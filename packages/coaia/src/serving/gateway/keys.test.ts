/** Who may ask what: keys, their scopes, and every address of the service. */
import { openAccess } from '#access';
import { openTestDatabases } from '#store/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { toAddresses } from './address-table.ts';
import { createCallAuthenticator, createCallSecret, createCallToken } from './call-token.ts';
import type { Caller } from './caller.ts';
import { createKeyAuthenticator, createSecretAuthenticator } from './key-authenticator.ts';
import { EXAMPLE, IRIS_MODEL, openStubService, PRICE_MODEL } from './testing/stub-service.ts';
import type { StubService, StubServiceOptions } from './testing/stub-service.ts';

const [database] = openTestDatabases();

describe('keys', () => {
  let service: StubService | undefined;
  afterEach(() => service?.gateway.close());
  const open = async (options: StubServiceOptions = {}) => {
    service = await openStubService(options);
    return service;
  };

  it('takes keys in every usual place, and looks at their scopes', async () => {
    const access = await openAccess(await database!.open());
    const key = await addKey(access, ['predict:iris']);
    const authenticate = createKeyAuthenticator(access, access.projectId);
    const { ask, post } = await open({ authenticate, models: [IRIS_MODEL, PRICE_MODEL] });
    const path = '/v1/models/iris/predict';
    const without = await post(path, EXAMPLE);
    expect([without.status, without.body.error.code]).toEqual([401, 'AO440']);
    expect(without.headers.get('www-authenticate')).toContain('Basic');
    for (const headers of [
      { authorization: `Bearer ${key.secret}` },
      { authorization: `Basic ${btoa(`${key.id}:${key.secret}`)}` },
      { 'x-api-key': key.secret },
    ])
      expect((await post(path, EXAMPLE, headers)).status).toBe(200);
    const own = { 'x-api-key': key.secret };
    expect((await post(path, EXAMPLE, { 'x-api-key': 'sk-lf-wrong' })).status).toBe(401);
    const other = await post('/v1/models/price/predict', { area: 1, rooms: 1 }, own);
    expect([other.status, other.body.error.code]).toEqual([403, 'AO441']);
    expect((await post('/v2/repository/models/iris/unload', {}, own)).status).toBe(403);
    for (const hidden of ['/v2/models/price', '/v1/models/price', '/prototype?model=price'])
      expect((await ask(hidden, { headers: own })).status).toBe(403);
    expect((await post('/v2/repository/index', {}, own)).body).toHaveLength(2);
    expect(await (await ask('/health')).json()).toEqual({ status: 'ok' });
    const models = await (await ask('/v1/models', { headers: own })).json();
    expect(models).toMatchObject({ models: ['iris'] });
    // Neither counters nor refusals name what the key does not open; without a key nothing is named.
    for (const place of ['/metrics', '/v1/models/nope', '/v2/models/stats', '/openapi.json', '/'])
      expect(await (await ask(place, { headers: own })).text()).not.toContain('price');
    for (const place of ['/v2/models/nope/ready', '/v2/models/iris/versions/9/ready'])
      expect(await (await ask(place)).text()).not.toMatch(/price|there is 1/);
    await access.close();
  });

  it('holds back a key that asks too often, in every dialect', async () => {
    const access = await openAccess(await database!.open());
    const key = await addKey(access, ['predict:*'], 1);
    const authenticate = createKeyAuthenticator(access, access.projectId);
    const { post } = await open({ authenticate });
    const headers = { 'x-api-key': key.secret };
    expect((await post('/predict', EXAMPLE, headers)).status).toBe(200);
    const refused = await post('/v1/models/iris:predict', { instances: [EXAMPLE] }, headers);
    expect([refused.status, refused.body.error]).toEqual([
      429,
      expect.stringContaining('COAIA-0324'),
    ]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await access.close();
  });

  it('takes secrets that were given to itself', async () => {
    const { post } = await open({ authenticate: createSecretAuthenticator(['first', 'second']) });
    const ask = async (headers: Readonly<Record<string, string>>) =>
      (await post('/predict', EXAMPLE, headers)).status;
    expect(await ask({ authorization: 'Bearer second' })).toBe(200);
    expect(await ask({ authorization: `Basic ${btoa('anybody:first')}` })).toBe(200);
    expect(await ask({ 'x-api-key': 'first' })).toBe(200);
    expect(await ask({ 'x-api-key': 'third' })).toBe(401);
    expect(await ask({})).toBe(401);
  });

  it('takes tokens of the workbench for one model, until they end', async () => {
    const [secret, other] = [createCallSecret(), createCallSecret()];
    const clock = { now: 1_000_000 };
    const authenticate = createCallAuthenticator(
      secret,
      createSecretAuthenticator(['own']),
      () => clock.now,
    );
    const { ask, post } = await open({ authenticate, models: [IRIS_MODEL, PRICE_MODEL] });
    const claims = { model: 'iris', by: 'user:1' };
    const token = createCallToken(secret, claims, clock.now);
    const send = async (bearer: string, path = '/v1/models/iris/predict') =>
      (await post(path, EXAMPLE, { authorization: `Bearer ${bearer}` })).status;
    expect(await send(token)).toBe(200);
    expect(await send('own')).toBe(200);
    const headers = { authorization: `Bearer ${token}` };
    const price = await post('/v1/models/price/predict', { area: 1, rooms: 1 }, headers);
    expect([price.status, price.body.error.code]).toEqual([403, 'AO441']);
    expect(await send(token, '/v2/repository/models/iris/unload')).toBe(403);
    expect(await (await ask('/v1/models', { headers })).json()).toMatchObject({ models: ['iris'] });
    const [mark, body, signature] = token.split('.');
    const wider = Buffer.from(JSON.stringify({ ...claims, model: '*', until: 1e15 }));
    for (const bad of [
      createCallToken(other, claims, clock.now),
      createCallToken('', claims, clock.now),
      `${mark}.${wider.toString('base64url')}.${signature}`,
      `${mark}.${body}.`,
      `${mark}.${body}`,
      `${mark}.`,
    ])
      expect([bad, await send(bad)]).toEqual([bad, 401]);
    clock.now += 5 * 60_000 - 1;
    expect(await send(token)).toBe(200);
    clock.now += 1;
    expect(await send(token)).toBe(401);
  });

  /** What each key gets at an address of `iris`, in the order of `KEYS`. */
  const KEYS: readonly (readonly string[] | null | undefined)[] = [
    null,
    [],
    ['predict:price', 'deploy:price'],
    ['predict:iris'],
    ['deploy:iris'],
    undefined,
  ];
  const OPEN = /^(?:\/health|\/ping|\/version|\/health-check|\/v2\/health\/.*|.*\/ready)$/;
  const DEPLOY = /\/(?:un)?load$/;
  const ANY =
    /^(?:\/|\/docs|\/openapi.json|\/metrics|\/v1\/models|\/v2|\/v2\/models\/stats|\/v2\/repository\/index)$/;
  const OIP = { name: 'x', datatype: 'FP64', shape: [1, 4], data: [5.1, 3.5, 1.4, 0.2] };

  const toWanted = (path: string) => {
    if (OPEN.test(path)) return [200, 200, 200, 200, 200, 200];
    if (ANY.test(path)) return [401, 200, 200, 200, 200, 200];
    if (DEPLOY.test(path)) return [401, 403, 403, 403, 200, 200];
    // This model has nothing that explains.
    const own = /[/:]explain$/.test(path) ? 404 : 200;
    return [401, 403, 403, own, 403, own];
  };

  it('open at every address what their scopes name, and nothing else', async () => {
    const callers = new Map(KEYS.map((scopes, at) => [`key-${at}`, scopes]));
    const { gateway } = await open({
      models: [IRIS_MODEL, PRICE_MODEL],
      outcomes: async () => ({}),
      authenticate: async (headers): Promise<Caller> => {
        const scopes = callers.get(String(headers['x-api-key']));
        if (scopes === null) throw await refusal();
        return { id: 'key', ...(scopes === undefined ? {} : { scopes }) };
      },
    });
    const got: Record<string, readonly number[]> = {};
    const wanted: Record<string, readonly number[]> = {};
    for (const [pattern, { methods }] of Object.entries(toAddresses('all'))) {
      const path = pattern.replace(':model', 'iris').replace(':version', '1').replace(':id', 'a');
      for (const method of Object.keys(methods)) {
        const asked = [...callers.keys()].map(async (key) => {
          const answer = await fetch(`${gateway.url}${path}?model=iris`, {
            method,
            headers: { 'x-api-key': key, 'content-type': 'application/json' },
            ...(method === 'GET' ? {} : { body: JSON.stringify(toBody(path)) }),
          });
          await answer.arrayBuffer();
          return answer.status;
        });
        got[`${method} ${path}`] = await Promise.all(asked);
        wanted[`${method} ${path}`] = toWanted(path);
      }
    }
    expect(Object.keys(got).length).toBeGreaterThan(35);
    expect(got).toEqual(wanted);
  });

  /** A body that each address takes. */
  const toBody = (path: string) => {
    if (path.endsWith('/infer')) return { inputs: [OIP] };
    if (/:(?:predict|explain)$/.test(path) || path === '/invocations')
      return { instances: [EXAMPLE] };
    if (path.startsWith('/predictions')) return { input: EXAMPLE };
    return path.endsWith('/outcomes') ? [] : EXAMPLE;
  };
  const refusal = () =>
    createSecretAuthenticator(['x'])({}).then(
      () => new Error('not refused'),
      (error: unknown) => error as Error,
    );
});

async function addKey(
  access: Awaited<ReturnType<typeof openAccess>>,
  scopes: readonly string[],
  limit: number | null = null,
) {
  const { createHash } = await import('node:crypto');
  const [id, secret] = ['pk-lf-scoped', 'sk-lf-scoped'];
  await access.db.write((tx) =>
    tx.upsert('api_keys', [
      {
        id,
        project_id: access.projectId,
        public_key: id,
        secret_hash: createHash('sha256').update(secret).digest('hex'),
        display_secret: 'sk-lf-...',
        note: null,
        created_at: 1,
        last_used_at: null,
        expires_at: null,
        role: null,
        requests_per_minute: limit,
        scopes: JSON.stringify(scopes),
      },
    ]),
  );
  return { id, secret };
}
