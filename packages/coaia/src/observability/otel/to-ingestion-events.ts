/** Decoded spans to the events of the batch API, which are stored by the same code. */
import { hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { toIso } from '#base';
import type { IngestionEvent } from '#base';
import type { OtlpResourceSpans } from './model.ts';
import { toObservation } from './observation-body.ts';
import type { Body } from './observation-body.ts';
import { SpanView } from './span-view.ts';
import { isRoot, isRootOfProcess, toRootTrace, toStandIn, toTraceUpdate } from './trace-body.ts';

/**
 * One event per span, and one per trace that a span describes. Event ids come from the content: sending a
 * request again changes nothing. Event timestamps order what several spans say about one trace.
 */
export function toIngestionEvents(
  resourceSpans: readonly OtlpResourceSpans[],
  options: { readonly receivedAt: number },
): IngestionEvent[] {
  const steps = collectEvents(resourceSpans, options.receivedAt);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** The same for requests of any size: others get their turn in between. */
export async function toIngestionEventsInTurns(
  resourceSpans: readonly OtlpResourceSpans[],
  options: { readonly receivedAt: number },
): Promise<IngestionEvent[]> {
  const steps = collectEvents(resourceSpans, options.receivedAt);
  let step = steps.next();
  while (step.done !== true) {
    await nextTurn();
    step = steps.next();
  }
  return step.value;
}

/** Attributes and spans that are mapped in one go: about 10 ms of work. */
const SLICE = 2000;

function* collectEvents(
  resourceSpans: readonly OtlpResourceSpans[],
  receivedAt: number,
): Generator<undefined, IngestionEvent[], undefined> {
  const traces = new Map<string, IngestionEvent>();
  const observations: IngestionEvent[] = [];
  let weight = 0;
  for (const { resource, scope, span } of listSpans(resourceSpans)) {
    const view = new SpanView(span, scope, resource.attributes);
    observations.push(toObservationEvent(view, receivedAt));
    for (const event of toTraceEvents(view, receivedAt)) addEarliest(traces, event);
    weight += 10 + view.size;
    if (weight < SLICE) continue;
    weight = 0;
    yield;
  }
  return [...traces.values(), ...observations];
}

function* listSpans(resourceSpans: readonly OtlpResourceSpans[]) {
  for (const { resource, scopeSpans } of resourceSpans) {
    for (const { scope, spans } of scopeSpans) {
      for (const span of spans) yield { resource, scope, span };
    }
  }
}

/** Every span repeats what it inherited from its trace: the same words count once, at their first time. */
function addEarliest(events: Map<string, IngestionEvent>, event: IngestionEvent): void {
  const known = events.get(event.id);
  if (known === undefined || event.timestamp < known.timestamp) events.set(event.id, event);
}

/** Dated by the end, so that a span reported at its start and again at its end ends as the latter. */
function toObservationEvent(view: SpanView, receivedAt: number): IngestionEvent {
  const { type, body } = toObservation(view, receivedAt);
  const { span } = view;
  return {
    id: `${span.spanId}-${toDigest(body)}`,
    type: `${type.toLowerCase()}-create`,
    timestamp: toIso(span.endTime ?? span.startTime ?? receivedAt),
    body,
  };
}

function toTraceEvents(view: SpanView, receivedAt: number): IngestionEvent[] {
  const { startTime, endTime } = view.span;
  const start = startTime ?? endTime ?? receivedAt;
  if (isRoot(view)) return [toTraceEvent('0root', start, toRootTrace(view, start))];
  const update = toTraceUpdate(view);
  if (!isRootOfProcess(view)) {
    return update === undefined ? [] : [toTraceEvent('1update', start, update)];
  }
  // A stand-in must lose to any true root, whenever that arrives, and the earliest of several must win: it
  // is dated before all real time, mirrored at 1970.
  return [
    toTraceEvent('0stand-in', -start, toStandIn(view)),
    toTraceEvent('1update', start, { id: view.span.traceId, timestamp: toIso(start), ...update }),
  ];
}

/** At equal times events are ordered by their ids: what was set for the trace beats what a root implies. */
function toTraceEvent(rank: string, time: number, body: Body): IngestionEvent {
  return {
    id: `trace-${rank}-${String(body['id'])}-${toDigest(body)}`,
    type: 'trace-create',
    timestamp: toIso(time),
    body,
  };
}

function toDigest(body: Body): string {
  return hash('sha1', JSON.stringify(body)).slice(0, 16);
}
