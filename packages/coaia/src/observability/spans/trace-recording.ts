/** The events of a trace recorded around a command, and the line that sums it up. */
import { toIso } from '#base';
import type { IngestionEvent } from '#base';
import type { ObservabilityApi, TraceDetail } from '@coaia/client';
import { toCount } from '../terminal/numbers.ts';
import { createObservationEvent } from '../terminal/observation-event.ts';
import { createEvent, toGiven } from '../terminal/send-events.ts';
import type { ChildResult } from './child-process.ts';

export interface Recording {
  readonly traceId: string;
  /** Id that children name as their parent span; stored only when one of them does, or nothing else tells. */
  readonly spanId: string;
  readonly name: string;
  readonly words: readonly string[];
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Body fields that were given as options. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The trace while its command runs: no exit code yet. */
export function toTraceEvent(
  recording: Recording,
  result?: ChildResult,
  output?: string,
): IngestionEvent {
  const { traceId, name, words, startedAt, fields } = recording;
  const metadata = fields['metadata'] as Record<string, unknown> | undefined;
  const end =
    result === undefined ? {} : { exitCode: result.exitCode, durationMs: result.durationMs };
  return createEvent('trace-create', {
    id: traceId,
    timestamp: toIso(startedAt),
    name,
    input: words,
    output,
    ...toGiven(fields),
    metadata: { ...metadata, command: { argv: words, ...end } },
  });
}

/** An observation of the command itself. */
export function toRootEvent(
  recording: Recording,
  result: ChildResult,
  output?: string,
): IngestionEvent {
  const { traceId, spanId, name, words, startedAt } = recording;
  const isFailed = result.problem !== undefined;
  return createObservationEvent({
    id: spanId,
    traceId,
    type: 'SPAN',
    name,
    startTime: toIso(startedAt),
    endTime: toIso(startedAt + result.durationMs),
    input: words,
    output,
    level: isFailed ? 'ERROR' : 'DEFAULT',
    statusMessage: result.problem,
  });
}

/**
 * True when the command needs an observation of its own: nothing else was recorded, something names it as its
 * parent, or it failed and no other observation says so.
 */
export function needsRoot(
  trace: TraceDetail | undefined,
  spanId: string,
  result: ChildResult,
): boolean {
  if (trace === undefined || trace.observations.length === 0) return true;
  if (trace.observations.some((observation) => observation.parentObservationId === spanId))
    return true;
  return (
    result.exitCode !== 0 &&
    !trace.observations.some((observation) => observation.level === 'ERROR')
  );
}

/** What children have recorded so far; undefined when it cannot be read. */
export async function findRecorded(
  open: () => Promise<ObservabilityApi>,
  traceId: string,
): Promise<TraceDetail | undefined> {
  try {
    return await (await open()).getTrace(traceId);
  } catch {
    return undefined;
  }
}

export interface Summary {
  readonly name: string;
  readonly status: 'ok' | 'error';
  readonly problem: string | undefined;
  readonly spans: number;
  readonly durationMs: number;
  /** Address of the trace's page, or its id. */
  readonly place: string;
}

/** `etl  ok  2 spans  0.4 s  http://...` */
export function renderSummary(summary: Summary): string {
  const { name, status, problem, spans, durationMs, place } = summary;
  const word = problem === undefined ? status : `${status} (${problem})`;
  return [name, word, toCount(spans, 'span'), `${(durationMs / 1000).toFixed(1)} s`, place].join(
    '  ',
  );
}
