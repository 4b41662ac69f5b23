/** OTLP/JSON requests for tests, written as plain JavaScript values. */
import type { IngestionEvent } from '#base';
import { decodeTraces } from '../decode.ts';
import { toIngestionEvents } from '../to-ingestion-events.ts';

export interface SpanInput {
  readonly name?: string;
  readonly spanId?: string;
  readonly parentSpanId?: string;
  readonly scope?: string;
  readonly scopeVersion?: string;
  readonly resource?: Readonly<Record<string, unknown>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly events?: readonly {
    readonly name: string;
    readonly attributes?: Record<string, unknown>;
  }[];
  readonly status?: { readonly code: number; readonly message?: string };
  readonly startTimeUnixNano?: unknown;
  readonly endTimeUnixNano?: unknown;
}

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
export const SPAN_ID = 'b7ad6b7169203331';
const PARENT_ID = '00f067aa0ba902b7';
/** 2026-01-02T03:04:05.000Z, and when tests receive: a minute later. */
const START = 1_767_323_045_000;
export const RECEIVED_AT = START + 60_000;

/** A child span by default; `parentSpanId: ''` makes it a root. */
export function toRequest(spans: readonly SpanInput[]) {
  return {
    resourceSpans: spans.map((span) => ({
      resource: { attributes: toKeyValues(span.resource ?? {}) },
      scopeSpans: [
        {
          scope: { name: span.scope ?? 'test-scope', version: span.scopeVersion ?? '1.0.0' },
          spans: [
            {
              traceId: TRACE_ID,
              spanId: span.spanId ?? SPAN_ID,
              parentSpanId: span.parentSpanId ?? PARENT_ID,
              name: span.name ?? 'span',
              kind: 1,
              startTimeUnixNano: span.startTimeUnixNano ?? `${START}123456`,
              endTimeUnixNano: span.endTimeUnixNano ?? `${START + 1500}999999`,
              attributes: toKeyValues(span.attributes ?? {}),
              events: (span.events ?? []).map((event) => ({
                timeUnixNano: `${START + 500}000000`,
                name: event.name,
                attributes: toKeyValues(event.attributes ?? {}),
              })),
              status: span.status ?? {},
            },
          ],
        },
      ],
    })),
  };
}

export function toBytes(request: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(request));
}

/** Events of a request with these spans. */
export function mapSpans(...spans: readonly SpanInput[]): readonly IngestionEvent[] {
  return toIngestionEvents(decodeTraces(toBytes(toRequest(spans)), 'application/json'), {
    receivedAt: RECEIVED_AT,
  });
}

export interface MappedBody extends Readonly<Record<string, unknown>> {
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The observation event of one span, flattened: its event type and its body. */
export function mapSpan(span: SpanInput): { readonly type: string; readonly body: MappedBody } {
  const event = mapSpans(span).find((item) => item.type !== 'trace-create');
  if (event === undefined) throw new Error('the span became no observation');
  return { type: event.type, body: event.body as MappedBody };
}

/** Bodies of the trace events of these spans, in time order. */
export function mapTraces(...spans: readonly SpanInput[]) {
  return mapSpans(...spans)
    .filter((event) => event.type === 'trace-create')
    .toSorted((a, b) => (a.timestamp + a.id < b.timestamp + b.id ? -1 : 1))
    .map((event) => event.body as Readonly<Record<string, unknown>>);
}

function toKeyValues(values: Readonly<Record<string, unknown>>) {
  return Object.entries(values).map(([key, value]) => ({ key, value: toAnyValue(value) }));
}

function toAnyValue(value: unknown): unknown {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toAnyValue) } };
  return { kvlistValue: { values: toKeyValues(value as Record<string, unknown>) } };
}
