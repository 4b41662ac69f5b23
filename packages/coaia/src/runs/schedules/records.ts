/** Rows of schedules as the rest of the program sees them. */
import { fromStored, toStored } from '#base';
import type { Scope } from '#base';
import type { RunRow, ScheduleFireRow, ScheduleRow } from '#store';
import { toRun } from '../run-record.ts';
import type {
  FireOutcome,
  Missed,
  Overlap,
  Schedule,
  ScheduleFire,
  ScheduleInput,
  ScheduleState,
} from './schedule.ts';
import { toJitter, toNext, toTiming, toTimingRow } from './timing.ts';

export function toSchedule(row: ScheduleRow): Schedule {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    state: row.state as ScheduleState,
    timing: toTiming(row),
    timeZone: row.time_zone,
    overlap: row.overlap as Overlap,
    missed: row.missed as Missed,
    jitterMs: row.jitter_ms,
    retries: row.retries,
    timeoutMs: row.timeout_ms,
    workflow: row.workflow,
    runName: row.run_name,
    input: fromStored(row.input),
    metadata: fromStored(row.metadata),
    dueAt: row.due_at,
    fireAt: row.fire_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function toFire(row: ScheduleFireRow, run: RunRow | undefined): ScheduleFire {
  return {
    scheduleId: row.schedule_id,
    dueAt: row.due_at,
    firedAt: row.fired_at,
    outcome: row.outcome as FireOutcome,
    detail: row.detail,
    run: run === undefined ? null : toRun(run),
  };
}

/** A new schedule, due for the first time after `now`. */
export function toScheduleRow(
  scope: Scope,
  id: string,
  input: ScheduleInput,
  now: number,
): ScheduleRow {
  const row: ScheduleRow = {
    project_id: scope.projectId,
    id,
    name: input.name,
    state: 'active',
    ...toTimingRow(input.timing),
    time_zone: input.timeZone ?? 'UTC',
    overlap: input.overlap ?? 'skip',
    missed: input.missed ?? 'run-once',
    jitter_ms: input.jitterMs ?? 0,
    retries: input.retries ?? 0,
    timeout_ms: input.timeoutMs ?? null,
    workflow: input.workflow,
    run_name: input.runName,
    due_at: null,
    fire_at: null,
    created_at: now,
    updated_at: now,
    scope: JSON.stringify(scope),
    input: toStored(input.input),
    metadata: toStored(input.metadata),
  };
  return planNext(row, now);
}

/** The schedule with its next due time after `after`; one that is never due again has ended. */
export function planNext(row: ScheduleRow, after: number): ScheduleRow {
  const place = { timeZone: row.time_zone, after, anchor: row.created_at };
  const due = toNext(row, place);
  const state = due === null ? 'ended' : 'active';
  const fire = due === null ? null : due + toJitter(row.id, due, row.jitter_ms);
  return { ...row, state, due_at: due, fire_at: fire };
}
