import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { openAccess } from '#access';
import { openTestDatabases } from '#store/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { PredictOptions } from '../runtimes/runtime.ts';
import { createKeyAuthenticator, createSecretAuthenticator } from './key-authenticator.ts';
import {
  API,
  EXAMPLE,
  IRIS_MODEL,
  LOG,
  openStubService,
  PRICE_MODEL,
} from './testing/stub-service.ts';
import type { StubService, StubServiceOptions } from './testing/stub-service.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const [database] = openTestDatabases();

describe('a service', () => {
  let service: StubService | undefined;
  afterEach(() => service?.gateway.close());
  const open = async (options: StubServiceOptions = {}) => {
    service = await openStubService(options);
    return service;
  };
  const withTraffic = (traffic: object) => [{ ...IRIS_MODEL, traffic }];

  it('takes the version that is asked for, in the address or a header', async () => {
    const { post } = await open({ models: withTraffic({ champion: 2, challenger: 1 }) });
    const ask = async (header: string) =>
      (await post('/predict', EXAMPLE, { 'x-model-version': header })).body;
    expect((await post('/predict', EXAMPLE)).body.version).toBe('2');
    expect((await ask('1')).version).toBe('1');
    expect((await ask('challenger')).version).toBe('1');
    expect((await ask('7')).error.code).toBe('AO404');
  });

  it('keeps a caller at its version while the canary takes half of them', async () => {
    const traffic = { canary: { version: 2, percent: 50 }, sticky: 'X-User-Id' };
    const { post } = await open({ models: withTraffic(traffic) });
    const ask = async (user: string) =>
      (await post('/predict', EXAMPLE, { 'x-user-id': user })).body.version as string;
    const users = Array.from({ length: 20 }, (_, at) => `user-${at}`);
    const first = await Promise.all(users.map(ask));
    expect(await Promise.all(users.map(ask))).toEqual(first);
    expect(new Set(first)).toEqual(new Set(['1', '2']));
  });

  it('asks the shadow after the answer, and never tells the caller', async () => {
    const { post, records } = await open({
      models: withTraffic({ shadow: 2 }),
      answer: async (version) => {
        if (version === '2') throw new Error('the shadow fails');
        return undefined;
      },
    });
    const { body } = await post('/predict', EXAMPLE);
    expect(body).toMatchObject({ version: '1', predictions: [{ label: 'setosa' }] });
    await expect.poll(() => records).toHaveLength(2);
    expect(records).toMatchObject([
      { route: 'champion', status: 200, requestId: body.request_id },
      { route: 'shadow', version: 2, status: 500, requestId: body.request_id },
    ]);
  });

  it('goes on with the trace of the caller and gives back its id', async () => {
    const seen: PredictOptions[] = [];
    const { post, records } = await open({
      answer: async (_version, _batch, options) => void seen.push(options),
    });
    const { headers, body } = await post('/predict', EXAMPLE, {
      traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
      'inference-request-id': 'order-7',
      'x-request-timeout-ms': '250',
      'x-user-id': 'ann',
      'x-tags': 'a, b',
    });
    expect([headers.get('x-request-id'), body.request_id, body.trace_id]).toEqual([
      'order-7',
      'order-7',
      TRACE,
    ]);
    expect(records[0]).toMatchObject({
      traceId: TRACE,
      parentSpanId: '00f067aa0ba902b7',
      userId: 'ann',
      tags: ['a', 'b'],
    });
    expect(seen[0]?.traceparent).toMatch(new RegExp(`^00-${TRACE}-[\\da-f]{16}-01$`));
    expect((seen[0]?.deadline ?? 0) - (records[0]?.startedAt ?? 0)).toBeCloseTo(250, 5);
  });

  it('ends the prediction when its caller is gone', async () => {
    let isAborted = false;
    const { gateway } = await open({
      answer: (_version, _batch, { signal }) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => {
            isAborted = true;
            reject(new Error('gone'));
          }),
        ),
    });
    const body = JSON.stringify(EXAMPLE);
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write(
      `POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await wait(50);
    socket.destroy();
    await expect.poll(() => isAborted).toBe(true);
  });

  it('is not ready while a model is loading, and alive all the time', async () => {
    const { ask } = await open({ models: [] });
    expect((await ask('/health')).status).toBe(503);
    expect((await ask('/v2/health/ready')).headers.get('retry-after')).toBe('1');
    expect((await ask('/v2/health/live')).status).toBe(200);
  });

  it('logs one line a request, and lines of the model under the id of their request', async () => {
    const { gateway, post, lines, records } = await open({
      answer: async (_version, _batch, { requestId }) => {
        const line = { level: 'info', text: 'hello', model: 'iris', version: '1' } as const;
        gateway.addLine({ ...line, requestId });
        return undefined;
      },
    });
    const { body } = await post('/predict', EXAMPLE);
    const [printed, request] = lines().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(printed).toMatchObject({ msg: 'hello', request_id: body.request_id, source: 'model' });
    expect(Object.keys(request ?? {})).toEqual(
      'ts level svc model version request_id trace_id dur_ms rows code'.split(' '),
    );
    expect(request).toMatchObject({
      svc: 'gateway',
      model: 'iris',
      version: '1',
      rows: 1,
      code: 200,
    });
    expect(records[0]?.lines).toEqual(['hello']);
  });

  it('counts for Prometheus', async () => {
    const { ask, post } = await open();
    await post('/predict', [EXAMPLE, EXAMPLE]);
    await post('/predict', {});
    const text = await (await ask('/metrics')).text();
    for (const line of [
      'ao_requests_total{model="iris",version="1",route="champion",status="200"} 1',
      'ao_requests_total{model="iris",version="1",route="champion",status="422"} 1',
      'ao_prediction_rows_total{model="iris",version="1"} 2',
      'ao_request_duration_seconds_count{model="iris",version="1"} 2',
      'ao_batch_rows_bucket{model="iris",version="1",le="2"} 1',
      'ao_model_ready{model="iris",version="2"} 1',
      'ao_requests_in_flight 1',
    ])
      expect(text).toContain(`${line}\n`);
  });

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

  it('answers pages of the origins that are allowed', async () => {
    const cors = ['https://app.example'];
    const { ask } = await open({ project: { name: 'test', api: { ...API, cors }, log: LOG } });
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST' };
    const preflight = await ask('/predict', { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://app.example',
    ]);
    const other = { ...headers, origin: 'https://other.example' };
    expect((await ask('/predict', { method: 'OPTIONS', headers: other })).status).toBe(403);
  });

  it('reads compressed bodies, up to the same size', async () => {
    const { ask } = await open();
    const send = (body: string) =>
      ask('/predict', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: gzipSync(body),
      });
    expect((await send(JSON.stringify(EXAMPLE))).status).toBe(200);
    expect((await send(' '.repeat(2_000_000))).status).toBe(413);
  });

  it('takes the next port when one is taken, and says so when none is left', async () => {
    const { gateway } = await open();
    const next = await openStubService({ ports: [gateway.port, 0] });
    expect(next.gateway.port).not.toBe(gateway.port);
    await next.gateway.close();
    await expect(openStubService({ ports: [gateway.port] })).rejects.toMatchObject({
      code: 'AO423',
      message: `Port ${gateway.port} on 127.0.0.1: taken by another program.`,
    });
  });
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
