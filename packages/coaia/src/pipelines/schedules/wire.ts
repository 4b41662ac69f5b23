/** Schedules as they cross the wire. */
import { toIso } from '#base';
import type { Schedule, ScheduleFire } from '#runs';
import type { Schedule as WireSchedule, ScheduleFiring } from '@coaia/client';
import type { ScheduleContent, ScheduleMetadata } from './schedule-input.ts';

const toTime = (time: number | null): string | null => (time === null ? null : toIso(time));

/** @param lastAt Epoch milliseconds of the last start; null for a schedule that has not started anything. */
export function toWireSchedule(schedule: Schedule, lastAt: number | null): WireSchedule {
  const { template, variables } = schedule.input as ScheduleContent;
  const { every, webhook } = schedule.metadata as ScheduleMetadata;
  const { timing } = schedule;
  return {
    id: schedule.id,
    name: schedule.name,
    template,
    variables,
    cron: 'cron' in timing ? timing.cron : null,
    every: 'everyMs' in timing ? (every ?? `${timing.everyMs}ms`) : null,
    at: 'at' in timing ? toIso(timing.at) : null,
    timeZone: schedule.timeZone,
    overlap: schedule.overlap,
    missed: schedule.missed,
    jitterMs: schedule.jitterMs,
    retries: schedule.retries,
    timeoutMs: schedule.timeoutMs,
    webhookUrl: webhook?.url ?? null,
    isPaused: schedule.state === 'paused',
    nextAt: toTime(schedule.fireAt),
    lastAt: toTime(lastAt),
    createdAt: toIso(schedule.createdAt),
    updatedAt: toIso(schedule.updatedAt),
  };
}

export function toWireFiring({ dueAt, outcome, detail, run }: ScheduleFire): ScheduleFiring {
  return {
    at: toIso(dueAt),
    state: outcome === 'manual' ? 'started' : outcome,
    reason: outcome === 'manual' ? (detail ?? 'started by hand') : detail,
    runId: run?.id ?? null,
    runState: run?.state ?? null,
  };
}
