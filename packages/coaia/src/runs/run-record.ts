/** Rows of the journal as the rest of the program sees them. */
import { fromStored } from '#base';
import type { Scope } from '#base';
import type { RunRow, RunStepRow } from '#store';
import type { Run, RunFailure, RunState, RunStep, StepState } from './engine.ts';

export function toRun(row: RunRow): Run {
  const isAtRest = row.state === 'queued' || row.state === 'waiting';
  return {
    id: row.id,
    projectId: row.project_id,
    workflow: row.workflow,
    name: row.name,
    state: row.state as RunState,
    input: fromStored(row.input),
    output: fromStored(row.output),
    error: toFailure(row.error),
    traceId: row.trace_id,
    attempt: row.attempt,
    priority: row.priority,
    parentRunId: row.parent_run_id,
    scheduleId: row.schedule_id,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    wakeAt: isAtRest ? row.due_at : null,
    worker: row.worker,
  };
}

export function toStep(row: RunStepRow): RunStep {
  return {
    name: row.name,
    seq: row.seq,
    state: row.state as StepState,
    attempt: row.attempt,
    output: fromStored(row.output),
    error: toFailure(row.error),
    observationId: row.observation_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    retryAt: row.state === 'waiting' ? row.retry_at : null,
  };
}

export function toFailure(text: string | null): RunFailure | null {
  return text === null ? null : (JSON.parse(text) as RunFailure);
}

/** Who started the run: what it does is done in their name. */
export function toScope(row: Pick<RunRow, 'scope'>): Scope {
  return JSON.parse(row.scope) as Scope;
}

export function isEnded({ state }: { readonly state: string }): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled';
}
