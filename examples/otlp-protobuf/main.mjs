/**
 * A trace by plain OpenTelemetry over OTLP protobuf. Reads OTEL_EXPORTER_OTLP_ENDPOINT and
 * OTEL_EXPORTER_OTLP_HEADERS; attribute names are those of the GenAI semantic conventions.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { context, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

const provider = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
provider.register();
const tracer = trace.getTracer('example');

const root = tracer.startSpan('otlp-protobuf', {
  attributes: { 'user.id': 'ada', 'session.id': 'otlp', 'gen_ai.operation.name': 'invoke_agent' },
});
const inside = trace.setSpan(context.active(), root);

const search = tracer.startSpan(
  'search',
  { attributes: { 'gen_ai.operation.name': 'execute_tool' } },
  inside,
);
await sleep(20);
search.end();

const chat = tracer.startSpan(
  'chat gpt-4o-mini',
  {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.input.messages': JSON.stringify([
        { role: 'user', content: 'How long does the battery last?' },
      ]),
    },
  },
  inside,
);
await sleep(30);
chat.setAttributes({
  'gen_ai.usage.input_tokens': 120,
  'gen_ai.usage.output_tokens': 8,
  'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', content: '14 hours.' }]),
});
chat.end();
root.end();

await provider.shutdown();
console.log(root.spanContext().traceId);
