import type { Schedule, ScheduleInput, ScheduleMissed, ScheduleOverlap } from '@coaia/client';
import type { FormValues } from '../form/values.ts';
import { toKind, type ScheduleKind } from './when.ts';

/** What is typed into the form of a schedule. */
export interface ScheduleDraft {
  readonly name: string;
  readonly template: string;
  readonly values: FormValues;
  readonly kind: ScheduleKind;
  readonly cron: string;
  readonly every: string;
  /** As the browser's field has it: `2026-12-01T06:00`, local. */
  readonly at: string;
  readonly timeZone: string;
  readonly overlap: ScheduleOverlap;
  readonly missed: ScheduleMissed;
  readonly retries: string;
  readonly webhookUrl: string;
}

/** The form of a new schedule, or of one that is there. */
export function toScheduleDraft(schedule: Schedule | undefined, zone: string): ScheduleDraft {
  return {
    name: schedule?.name ?? '',
    template: schedule?.template ?? '',
    values: {},
    kind: schedule === undefined ? 'cron' : toKind(schedule),
    cron: schedule?.cron ?? '0 6 * * *',
    every: schedule?.every ?? '1h',
    at: toLocal(schedule?.at ?? null),
    timeZone: schedule?.timeZone ?? zone,
    overlap: schedule?.overlap ?? 'skip',
    missed: schedule?.missed ?? 'run-once',
    retries: String(schedule?.retries ?? 0),
    webhookUrl: schedule?.webhookUrl ?? '',
  };
}

/** What is sent for a draft. */
export function toScheduleInput(
  draft: ScheduleDraft,
  variables: Readonly<Record<string, unknown>>,
): ScheduleInput {
  const when = {
    cron: { cron: draft.cron.trim() },
    every: { every: draft.every.trim() },
    at: { at: draft.at === '' ? '' : new Date(draft.at).toISOString() },
  }[draft.kind];
  return {
    ...(draft.name.trim() === '' ? {} : { name: draft.name.trim() }),
    template: draft.template,
    variables,
    ...when,
    timeZone: draft.timeZone,
    overlap: draft.overlap,
    missed: draft.missed,
    retries: Math.max(0, Math.trunc(Number(draft.retries)) || 0),
    ...(draft.webhookUrl === '' ? {} : { webhookUrl: draft.webhookUrl }),
  };
}

function toLocal(iso: string | null): string {
  if (iso === null) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
