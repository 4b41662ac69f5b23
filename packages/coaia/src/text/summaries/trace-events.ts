/** The trace and the span around the calls of one long summary. */
import { createId, isCoaiaError, systemClock, toIso } from '#base';
import type { IngestionEvent } from '#base';
import type { ChatTrace } from '#models';

export interface SpanFacts {
  readonly traceId: string;
  readonly spanId: string;
  readonly trace: ChatTrace;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

function toEvent(type: string, body: Record<string, unknown>): IngestionEvent {
  const given = Object.entries(body).filter(([, value]) => value !== undefined);
  return { id: createId(), type, timestamp: toIso(systemClock()), body: Object.fromEntries(given) };
}

/** The trace, and the span that the calls stand below. */
export function toTraceEvents(
  { traceId, spanId, trace, startedAt }: SpanFacts,
  input: string,
  parts: number,
  unit: string,
): readonly IngestionEvent[] {
  const { name, userId, sessionId, tags, environment } = trace;
  const metadata = { ...trace.metadata, parts, counted_in: unit };
  const time = toIso(startedAt);
  return [
    toEvent('trace-create', {
      id: traceId,
      timestamp: time,
      name,
      userId,
      sessionId,
      tags,
      environment,
      input,
      metadata,
    }),
    toEvent('span-create', {
      id: spanId,
      traceId,
      startTime: time,
      name,
      environment,
      metadata,
    }),
  ];
}

/** The end of the span, with what came out or why nothing did. */
export function toSpanEvents(
  { traceId, spanId }: SpanFacts,
  { output, error }: { readonly output?: string; readonly error?: unknown },
): readonly IngestionEvent[] {
  const message = isCoaiaError(error) ? `${error.code}: ${error.message}` : 'It was stopped.';
  const level = output === undefined ? { level: 'ERROR', statusMessage: message } : {};
  const end = { id: spanId, traceId, endTime: toIso(systemClock()), output, ...level };
  return [
    toEvent('span-update', end),
    ...(output === undefined ? [] : [toEvent('trace-create', { id: traceId, output })]),
  ];
}
