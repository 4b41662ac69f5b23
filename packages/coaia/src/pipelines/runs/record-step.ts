/** What a step leaves in the trace: one observation with what really happened. */
import { isCoaiaError, toIso } from '#base';
import type { IngestionEvent } from '#base';
import type { ActionResult } from '#surface';
import type { RunFailure } from '#runs';
import type { Values } from '../templates/template.ts';
import { toEventId } from './ids.ts';

/** What is known of a step before it is done. */
export interface StepFacts {
  readonly runId: string;
  readonly traceId: string;
  /** Name in the journal. */
  readonly key: string;
  readonly observationId: string;
  readonly parentObservationId: string | undefined;
  readonly name: string;
  readonly type: string;
  readonly metadata: Values;
  readonly level?: string;
  readonly input?: unknown;
}

export interface StepTimes {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attempt: number;
}

/** The observation of a step that is done. */
export function toDoneEvent(
  facts: StepFacts,
  times: StepTimes,
  result: ActionResult,
): IngestionEvent {
  const { model, modelParameters, usageDetails, costDetails, promptName, promptVersion } = result;
  return toEvent(facts, times, {
    input: result.input ?? facts.input,
    output: result.output,
    level: facts.level ?? 'DEFAULT',
    statusMessage: null,
    model,
    modelParameters,
    usageDetails,
    costDetails,
    promptName,
    promptVersion,
    metadata: { ...facts.metadata, ...toAttempts(times), ...result.metadata },
  });
}

/** The observation of a step that failed for good. */
export function toFailedEvent(
  facts: StepFacts,
  times: StepTimes,
  failure: RunFailure,
): IngestionEvent {
  return toEvent(facts, times, {
    input: facts.input,
    level: 'ERROR',
    statusMessage: `${failure.code}: ${failure.message}`,
    metadata: { ...facts.metadata, ...toAttempts(times), error_code: failure.code },
  });
}

function toAttempts({ attempt }: StepTimes): Values {
  return attempt > 1 ? { attempts: attempt } : {};
}

function toEvent(
  { runId, traceId, key, observationId, parentObservationId, name, type }: StepFacts,
  { startedAt, endedAt }: StepTimes,
  body: Values,
): IngestionEvent {
  const all = {
    id: observationId,
    traceId,
    parentObservationId,
    name,
    startTime: toIso(startedAt),
    // An event is a moment.
    endTime: type === 'EVENT' ? undefined : toIso(endedAt),
    ...body,
  };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return {
    id: toEventId(runId, key, String(endedAt)),
    type: `${type.toLowerCase()}-create`,
    timestamp: toIso(endedAt),
    body: Object.fromEntries(given),
  };
}

/** A failure in words for users. What is no failure of ours says only that it broke. */
export function toRunFailure(error: unknown): RunFailure {
  if (isCoaiaError(error)) {
    const { code, message, hint } = error;
    return { code, message, ...(hint === undefined ? {} : { hint }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'COAIA-0001', message: `The step broke inside Coaia: ${message}` };
}
