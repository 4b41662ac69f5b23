/** The real exporters and SDK against a small server: what they send must decode to what was recorded. */
import { serve } from '@hono/node-server';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { startObservation, setLangfuseTracerProvider } from '@langfuse/tracing';
import { SpanStatusCode } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gunzipSync } from 'node:zlib';
import { decodeTraces } from './decode.ts';
import { toIngestionEvents } from './to-ingestion-events.ts';

interface Sent {
  readonly contentType: string;
  readonly body: Uint8Array;
}

const sent: Sent[] = [];
let url = '';
let server: ReturnType<typeof serve>;

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server = serve({ fetch: receive, port: 0, hostname: '127.0.0.1' }, (info) => {
      url = `http://127.0.0.1:${info.port}`;
      resolve();
    });
  });
});

afterAll(() => {
  server.close();
});

async function receive(request: Request): Promise<Response> {
  const raw = Buffer.from(await request.arrayBuffer());
  const body = request.headers.get('content-encoding') === 'gzip' ? gunzipSync(raw) : raw;
  sent.push({ contentType: request.headers.get('content-type') ?? '', body });
  return Response.json({});
}

const take = (type: string) => sent.filter((item) => item.contentType.includes(type));

const toEvents = (items: readonly Sent[]) =>
  items
    .flatMap(({ body, contentType }) =>
      toIngestionEvents(decodeTraces(body, contentType), { receivedAt: 0 }),
    )
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

describe('OpenTelemetry exporters', () => {
  it('send the same spans in protobuf and in JSON', async () => {
    sent.length = 0;
    const provider = new NodeTracerProvider({
      spanProcessors: [
        new SimpleSpanProcessor(new JsonExporter({ url: `${url}/json` })),
        new SimpleSpanProcessor(new ProtobufExporter({ url: `${url}/protobuf` })),
      ],
    });
    const tracer = provider.getTracer('shop', '1.4.0');
    const span = tracer.startSpan('checkout', { root: true });
    span.setAttributes({
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 12,
      'user.id': 'u-ä-😀',
      ratio: 0.25,
      negative: -7,
      large: 2 ** 40,
      flags: [true, false],
      words: ['a', ''],
    });
    span.recordException(new Error('declined'));
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'declined' });
    span.end();
    await provider.shutdown();

    const json = toEvents(take('json'));
    expect(toEvents(take('protobuf'))).toEqual(json);
    expect(json.map((event) => event.type).toSorted()).toEqual([
      'generation-create',
      'trace-create',
    ]);
    expect(json.find((event) => event.type === 'generation-create')?.body).toMatchObject({
      name: 'checkout',
      model: 'gpt-4o',
      level: 'ERROR',
      statusMessage: 'declined',
      usageDetails: { input: 12 },
      metadata: {
        attributes: {
          ratio: 0.25,
          negative: -7,
          large: 2 ** 40,
          flags: [true, false],
          words: ['a', ''],
        },
        scope: { name: 'shop', version: '1.4.0' },
        events: [{ name: 'exception', attributes: { 'exception.message': 'declined' } }],
      },
    });
    expect(json.find((event) => event.type === 'trace-create')?.body).toMatchObject({
      name: 'checkout',
      userId: 'u-ä-😀',
    });
  });
});

describe('@langfuse/otel', () => {
  it('sends JSON that becomes its trace and observations', async () => {
    sent.length = 0;
    const provider = new NodeTracerProvider({
      spanProcessors: [
        new LangfuseSpanProcessor({
          publicKey: 'pk-lf-test',
          secretKey: 'sk-lf-test',
          baseUrl: url,
          environment: 'ci',
          release: 'r7',
        }),
      ],
    });
    setLangfuseTracerProvider(provider);
    const root = startObservation('conversation', { input: { question: 'why?' } });
    const generation = root.startObservation(
      'answer',
      {
        model: 'gpt-4o',
        modelParameters: { temperature: 0.1 },
        input: [{ role: 'user', content: 'why?' }],
        output: 'because',
        usageDetails: { input: 3, output: 1 },
        costDetails: { total: 0.25 },
        prompt: { name: 'p', version: 2, isFallback: false },
        level: 'WARNING',
        metadata: { team: 'blue', depth: { max: 2 } },
      },
      { asType: 'generation' },
    );
    generation.end();
    root.update({ output: 'because' }).end();
    await provider.forceFlush();
    await provider.shutdown();
    setLangfuseTracerProvider(null);

    const [first] = sent;
    expect(first?.contentType).toContain('json');
    const bodies = new Map(toEvents(sent).map((event) => [event.type, event.body]));
    expect(bodies.get('generation-create')).toMatchObject({
      id: generation.id,
      traceId: generation.traceId,
      parentObservationId: root.id,
      name: 'answer',
      model: 'gpt-4o',
      modelParameters: { temperature: 0.1 },
      input: [{ role: 'user', content: 'why?' }],
      output: 'because',
      usageDetails: { input: 3, output: 1 },
      costDetails: { total: 0.25 },
      promptName: 'p',
      promptVersion: 2,
      level: 'WARNING',
      environment: 'ci',
      metadata: { team: 'blue', depth: { max: 2 } },
    });
    expect(bodies.get('span-create')).toMatchObject({ id: root.id, name: 'conversation' });
    const traces = toEvents(sent).filter((event) => event.type === 'trace-create');
    expect(traces).toHaveLength(1);
    expect(bodies.get('trace-create')).toMatchObject({
      id: root.traceId,
      name: 'conversation',
      input: { question: 'why?' },
      output: 'because',
      release: 'r7',
      environment: 'ci',
    });
  });
});
