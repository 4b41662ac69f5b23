/** A rendered pipeline as the events that record it, all of which go into one batch. */
import { createObservationId, toIso } from '#base';
import type { IngestionEvent } from '#base';
import { createEvent, createObservationEvent, toGiven } from '#observability';
import type { RenderedPipeline, RenderedStep } from '../templates/rendered.ts';

export interface RecordOptions {
  readonly traceId: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly environment?: string | undefined;
  /** Example outputs stand in it: the trace says so. */
  readonly isSample?: boolean;
}

export interface RecordedStep {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly parentId: string | null;
}

export interface RecordedPipeline {
  readonly events: readonly IngestionEvent[];
  readonly observations: readonly RecordedStep[];
}

/**
 * What was asked for, and nothing that did not happen: a step with an action is recorded as not run. Steps begin a
 * millisecond after each other, so that every list shows them in their order; a span ends where it begins unless
 * the template says how long it took.
 */
export function toEvents(
  { trace, steps }: RenderedPipeline,
  { traceId, now, environment, isSample = false }: RecordOptions,
): RecordedPipeline {
  const ids = new Map(steps.map((step) => [step.id, toObservationId(step)]));
  const parentOf = ({ parent }: RenderedStep): string | undefined =>
    parent === undefined ? undefined : ids.get(parent);
  const events = steps.map((step, index) =>
    createObservationEvent(
      {
        ...toBody(step, now + index),
        type: step.type,
        id: ids.get(step.id),
        traceId,
        ...(parentOf(step) === undefined ? {} : { parentObservationId: parentOf(step) }),
        ...(environment === undefined ? {} : { environment }),
      },
      now,
    ),
  );
  const body = toGiven({
    id: traceId,
    timestamp: toIso(now),
    name: trace.name,
    userId: trace.userId,
    sessionId: trace.sessionId,
    metadata: trace.metadata,
    environment,
    tags: isSample ? ['sample'] : undefined,
  });
  return {
    events: [createEvent('trace-create', body, now), ...events],
    observations: steps.map((step) => ({
      id: ids.get(step.id) ?? '',
      name: step.name,
      type: step.type,
      parentId: parentOf(step) ?? null,
    })),
  };
}

/** A template may choose the id itself, by an expression such as `{{uuid4()}}`; ids that are fixed would collide. */
function toObservationId({ observationId }: RenderedStep): string {
  return observationId ?? createObservationId();
}

function toBody(step: RenderedStep, now: number): Record<string, unknown> {
  const start = now + (step.startOffsetMs ?? 0);
  const hasEnd = step.type !== 'EVENT';
  return toGiven({
    name: step.name,
    startTime: toIso(start),
    endTime: hasEnd ? toIso(start + (step.durationMs ?? 0)) : undefined,
    input: step.input,
    output: step.output,
    metadata:
      step.action === undefined
        ? step.metadata
        : { ...step.metadata, action: step.action, status: 'not run' },
    level: step.level,
    model: step.model,
    modelParameters: step.modelParameters,
    usageDetails: step.usage,
  });
}
