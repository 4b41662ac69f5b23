import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEgress } from '#egress';
import { afterEach, describe, expect, it } from 'vitest';
import type { Exchange } from './exchange.ts';
import { createMetrics } from './metrics.ts';
import { openTelemetry, readTelemetrySettings } from './telemetry.ts';
import { EXAMPLE, openStubService } from './testing/stub-service.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('telemetry', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  it('is off without an endpoint, and reads the usual variables', () => {
    expect(readTelemetrySettings({}, 'iris')).toBeUndefined();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/',
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20x, tenant=a',
    };
    expect(readTelemetrySettings(env, 'iris')).toEqual({
      endpoint: 'http://127.0.0.1:4318',
      headers: { authorization: 'Bearer x', tenant: 'a' },
      service: 'iris',
      metricsMs: 60_000,
    });
  });

  it('sends spans and counters to the collector', async () => {
    const got = new Map<string, string>();
    const collector = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        got.set(request.url ?? '', body);
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    closing.push(async () => collector.close());
    const { port } = collector.address() as AddressInfo;
    const egress = createEgress({
      offline: true,
      ledgerPath: join(tmpdir(), `ledger-${process.pid}`),
    });
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
    const settings = readTelemetrySettings(env, 'iris');
    const service = await openStubService({ telemetry: { ...settings!, fetch: egress.fetch } });
    await service.post('/predict', EXAMPLE, { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` });
    await service.gateway.close();
    egress.close();
    const traces = JSON.parse(got.get('/v1/traces') ?? '') as {
      readonly resourceSpans: readonly {
        readonly scopeSpans: readonly { readonly spans: readonly object[] }[];
      }[];
    };
    expect(traces.resourceSpans[0]?.scopeSpans[0]?.spans[0]).toMatchObject({
      traceId: TRACE,
      parentSpanId: '00f067aa0ba902b7',
      name: 'predict iris',
      kind: 2,
    });
    const metrics = got.get('/v1/metrics') ?? '';
    expect(metrics).toContain('"name":"ao.requests"');
    expect(metrics).toContain('"asInt":"1"');
  });

  it('never costs a request when the collector is away', async () => {
    const settings = readTelemetrySettings(
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' },
      'iris',
    );
    const refuse = async () => {
      throw new Error('refused');
    };
    const service = await openStubService({ telemetry: { ...settings!, fetch: refuse } });
    expect((await service.post('/predict', EXAMPLE)).status).toBe(200);
    await service.gateway.close();
    expect(service.lines().filter((line) => line.includes('collector'))).toHaveLength(1);
  });

  it('says how many spans it left out', async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
    const warned: string[] = [];
    const telemetry = openTelemetry(readTelemetrySettings(env, 'iris')!, {
      fetch: async () => Response.json({}),
      metrics: { ...createMetrics(), list: () => [] },
      warn: (message) => warned.push(message),
    });
    const exchange = { model: 'iris', startedAt: 0, method: 'POST' } as unknown as Exchange;
    for (let count = 0; count < 2050; count += 1) telemetry.add(exchange, 200, 1);
    await telemetry.close();
    expect(warned).toEqual(['2 spans were left out: 2048 are sent in 5 seconds.']);
  });
});
