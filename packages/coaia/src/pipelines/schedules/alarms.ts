/** Who is told what when something that a schedule started, or should have, has failed. */
import type { Run, RunFailure, Schedule } from '#runs';
import type { RunPlan } from '../runs/plan.ts';
import type { ScheduleMetadata } from './schedule-input.ts';
import type { Told } from './webhook.ts';

/** Of a run; undefined when nobody wants to know. */
export function toPlanAlarm(run: Run, error: RunFailure): Told | undefined {
  const { alarm } = run.input as RunPlan;
  if (alarm === undefined) return undefined;
  const { scheduleId, scheduleName, webhook } = alarm;
  return {
    id: `webhook-${run.id}-${run.attempt}`,
    webhook,
    alarm: {
      scheduleId,
      scheduleName,
      runId: run.id,
      traceId: run.traceId,
      pipeline: run.name,
      error,
    },
  };
}

/** Of a due time at which no run could be made. */
export function toFireAlarm(schedule: Schedule, detail: string | null): Told | undefined {
  const { webhook } = schedule.metadata as ScheduleMetadata;
  if (webhook === null) return undefined;
  const { id, name, dueAt, runName } = schedule;
  return {
    id: `webhook-${id}-${dueAt ?? 0}`,
    webhook,
    alarm: {
      scheduleId: id,
      scheduleName: name,
      runId: null,
      traceId: null,
      pipeline: runName,
      error: { code: 'COAIA-5111', message: detail ?? 'No run could be started.' },
    },
  };
}
