import { connect } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { PredictOptions } from '../runtimes/runtime.ts';
import { API, EXAMPLE, IRIS_MODEL, LOG, openStubService } from './testing/stub-service.ts';
import type { StubService, StubServiceOptions } from './testing/stub-service.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

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
    let isAsked = false;
    let isAborted = false;
    const { gateway, lines } = await open({
      answer: (_version, _batch, { signal }) => {
        isAsked = true;
        return new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => {
            isAborted = true;
            reject(signal.reason as Error);
          }),
        );
      },
    });
    const body = JSON.stringify(EXAMPLE);
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write(
      `POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await expect.poll(() => isAsked).toBe(true);
    socket.destroy();
    await expect.poll(() => isAborted).toBe(true);
    const half = connect(gateway.port, '127.0.0.1');
    const begun = 'POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{';
    await new Promise<void>((resolve) => half.write(begun, () => resolve()));
    // The gateway shares this process: in so many turns of the loop it has read that.
    for (let turns = 0; turns < 20; turns++) await turn();
    half.destroy();
    // Neither is a fault of the service.
    await expect
      .poll(() => lines().map((line) => JSON.parse(line).error))
      .toEqual(['AO476', 'AO410']);
    expect(lines().join('')).not.toContain('"level":"error"');
  });

  it('says that it does not know, where what runs the models does not answer', async () => {
    const { gateway, ask } = await open();
    expect(await gateway.metrics()).toContain('ao_host_up 1\n');
    Object.assign(service!.link, { list: () => Promise.reject(new Error('silence')) });
    const health = await ask('/health');
    expect([health.status, await health.json()]).toMatchObject([
      503,
      { models: [{ name: 'iris', state: 'unknown', reason: expect.stringContaining('answer') }] },
    ]);
    const text = await gateway.metrics();
    expect(text).toContain('ao_host_up 0\n');
    expect(text).toContain('ao_workers{model="iris",version="1"} NaN\n');
    expect(text).toContain('ao_model_ready{model="iris",version="1"} NaN\n');
    expect((await ask('/v2/models/iris/versions/2/ready')).status).toBe(503);
  });

  it('does not repeat what [log] redact names, and goes on when counting fails', async () => {
    const log = { ...LOG, redact: ['sepal_width'] };
    const { post, lines } = await open({ project: { name: 'test', api: API, log } });
    const refused = await post('/predict', { ...EXAMPLE, sepal_width: 'HIV' });
    expect(refused.body.error.code).toBe('AO422');
    expect(lines().join('') + JSON.stringify(refused.body)).not.toContain('HIV');
    Object.assign(service!.observer, {
      record: () => {
        throw new Error('full');
      },
    });
    expect((await post('/predict', EXAMPLE)).status).toBe(200);
    expect(lines().at(-1)).toContain('Error: full');
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
