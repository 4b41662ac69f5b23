/** One object written through the old endpoints: a batch of one event, answered by what it made. */
import { createId, createObservationId, createTraceId, invalidRequest, toIso } from '#base';
import type { Scope } from '#base';
import type { Observation, TraceDetail } from '@coaia/client';
import { ingestBatch } from '../ingestion/ingest-batch.ts';
import { getObservation } from '../observations/observations.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { parseTraceFields } from '../traces/trace.ts';
import { getTrace } from '../traces/traces.ts';

/** Fields of an event's body, checked by ingestion. */
export type EventBody = Readonly<Record<string, unknown>>;

/** Stores an observation or changes the fields given; fails with COAIA-0002 and the reasons of ingestion. */
export async function writeObservation(
  ports: ObservabilityPorts,
  scope: Scope,
  type: 'span-create' | 'span-update' | 'generation-create' | 'generation-update' | 'event-create',
  body: EventBody,
): Promise<Observation> {
  const id = toId(body, createObservationId);
  // Without a trace these endpoints made one; an update leaves the observation where it is.
  const traceId = body['traceId'] ?? (type.endsWith('-create') ? createTraceId() : undefined);
  await writeEvent(ports, scope, type, {
    ...body,
    id,
    ...(traceId === undefined ? {} : { traceId }),
  });
  return getObservation(ports, scope, id);
}

/** Stores a trace or changes the fields given; fails like `writeObservation`. */
export async function writeTrace(
  ports: ObservabilityPorts,
  scope: Scope,
  body: EventBody,
): Promise<Omit<TraceDetail, 'observations' | 'scores'>> {
  const id = toId(body, createTraceId);
  await writeEvent(ports, scope, 'trace-create', { ...body, id });
  const trace = await getTrace(ports, scope, id, parseTraceFields('core,io,metrics'));
  const { observations: _observations, scores: _scores, ...own } = trace;
  return own;
}

function toId(body: EventBody, create: () => string): string {
  const { id } = body;
  return typeof id === 'string' && id !== '' ? id : create();
}

async function writeEvent(
  ports: ObservabilityPorts,
  scope: Scope,
  type: string,
  body: EventBody,
): Promise<void> {
  const event = { id: createId(), type, timestamp: toIso(ports.clock()), body };
  const { errors } = await ingestBatch(ports, scope, [event]);
  const [refused] = errors;
  if (refused === undefined) return;
  throw invalidRequest(refused.message ?? 'The body was refused.', refused.error);
}
