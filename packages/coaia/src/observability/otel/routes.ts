/** OTLP over HTTP: `POST /api/public/otel/v1/{traces,metrics,logs}`. */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { z } from 'zod';
import { invalidRequest } from '#base';
import { defineRoute } from '#surface';
import type { Route, RouteReply } from '#surface';
import { ingestBatch } from '../ingestion/ingest-batch.ts';
import { observabilityPorts } from '../ports.ts';
import { decodeTraces, toFormat } from './decode.ts';
import type { OtlpFormat } from './decode.ts';
import { refuseSignal } from './refuse.ts';
import { toIngestionEventsInTurns } from './to-ingestion-events.ts';

/** 16 MB after decompression. */
const OTLP_LIMIT = 16_000_000;

/** ExportTraceServiceResponse of OTLP 1.x in JSON; a whole success is an empty object. */
const exportAnswer = z.object({
  partialSuccess: z
    .object({ rejectedSpans: z.union([z.int(), z.string()]), errorMessage: z.string() })
    .optional(),
});

const traces = defineRoute({
  method: 'POST',
  path: '/api/public/otel/v1/traces',
  operation: 'opentelemetry.exportTraces',
  summary: 'Store spans sent by an OpenTelemetry exporter (OTLP/HTTP, JSON or protobuf).',
  access: 'project',
  needs: observabilityPorts,
  response: exportAnswer,
  rawBody: true,
  bodyLimit: OTLP_LIMIT,
  async handler({ api, scope, body, headers }) {
    const contentType = headers.get('content-type') ?? '';
    const resourceSpans = decodeTraces(toBytes(body), contentType);
    const format = toFormat(contentType) ?? 'json';
    const events = await toIngestionEventsInTurns(resourceSpans, { receivedAt: api.clock() });
    if (events.length === 0) return toReply(format, 0, '');
    const { successes, errors } = await ingestBatch(api, scope, events, 'id');
    const [first] = errors;
    if (first === undefined) return toReply(format, 0, '');
    const reason = `${first.message ?? 'refused'}: ${JSON.stringify(first.error ?? null)}`;
    if (successes.length === 0) {
      throw invalidRequest(`None of the spans could be stored. The first: ${reason}`, errors);
    }
    return toReply(format, errors.length, reason);
  },
});

const metrics = defineRoute({
  method: 'POST',
  path: '/api/public/otel/v1/metrics',
  operation: 'opentelemetry.exportMetrics',
  summary:
    'Accept OTLP metrics and drop them, so that exporters that send all signals do not fail.',
  access: 'project',
  needs: observabilityPorts,
  response: exportAnswer,
  rawBody: true,
  bodyLimit: OTLP_LIMIT,
  async handler({ headers }) {
    return toReply(toFormat(headers.get('content-type') ?? '') ?? 'json', 0, '');
  },
});

const logs = defineRoute({
  method: 'POST',
  path: '/api/public/otel/v1/logs',
  operation: 'opentelemetry.exportLogs',
  summary: 'Refuse OTLP logs with a sentence that says so.',
  access: 'project',
  needs: observabilityPorts,
  rawBody: true,
  bodyLimit: OTLP_LIMIT,
  async handler() {
    throw refuseSignal('logs');
  },
});

export const otelRoutes: readonly Route[] = [traces, metrics, logs];

function toBytes(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array(0);
}

/** `ExportTraceServiceResponse` in the format of the request, with `partialSuccess` when spans were refused. */
function toReply(format: OtlpFormat, rejectedSpans: number, errorMessage: string): RouteReply {
  if (format === 'json') {
    return { json: rejectedSpans === 0 ? {} : { partialSuccess: { rejectedSpans, errorMessage } } };
  }
  const writer = new BinaryWriter();
  if (rejectedSpans > 0) {
    const success = new BinaryWriter()
      .tag(1, WireType.Varint)
      .int64(rejectedSpans)
      .tag(2, WireType.LengthDelimited)
      .string(errorMessage);
    writer.tag(1, WireType.LengthDelimited).bytes(success.finish());
  }
  const response = new Response(writer.finish(), {
    headers: { 'content-type': 'application/x-protobuf' },
  });
  return { response };
}
