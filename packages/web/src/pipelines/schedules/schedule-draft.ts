import type { Schedule, ScheduleInput, ScheduleMissed, ScheduleOverlap } from '@coaia/client';
import { readValues, type FormValues } from '../form/values.ts';
import { words } from '../messages.ts';
import type { FormVariable } from '../pipeline.ts';
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

/** The form of a new schedule. */
export function toEmptyDraft(template: string, timeZone: string): ScheduleDraft {
  return {
    name: '',
    template,
    values: {},
    kind: 'cron',
    cron: '0 6 * * *',
    every: '1h',
    at: '',
    timeZone,
    overlap: 'skip',
    missed: 'run-once',
    retries: '0',
    webhookUrl: '',
  };
}

/** The form of a schedule that is there. */
export function toDraft(schedule: Schedule): ScheduleDraft {
  const { name, template, timeZone, overlap, missed } = schedule;
  return {
    ...toEmptyDraft(template, timeZone),
    name,
    kind: toKind(schedule),
    ...(schedule.cron === null ? {} : { cron: schedule.cron }),
    ...(schedule.every === null ? {} : { every: schedule.every }),
    at: toLocal(schedule.at),
    overlap,
    missed,
    retries: String(schedule.retries),
    webhookUrl: schedule.webhookUrl ?? '',
  };
}

/** The values of a schedule; undefined where they stay as they are. */
export function readScheduleValues(
  variables: readonly FormVariable[],
  values: FormValues,
  schedule: Schedule | undefined,
  draft: ScheduleDraft,
): {
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly faults: Readonly<Record<string, string>>;
} {
  const kept = schedule?.template === draft.template && Object.keys(draft.values).length === 0;
  if (kept) return { variables: undefined, faults: {} };
  const { needed, notNumber } = words.form;
  const read = readValues(variables, values, { needed, notNumber });
  // A secret that is set cannot be sent back as it was: the page never had it.
  const lost = variables.filter(
    ({ name, secret }) =>
      secret === true && schedule?.variables[name] !== undefined && !(name in read.variables),
  );
  const faults = lost.map(({ name }) => [name, words.schedules.typeAgain] as const);
  return { variables: read.variables, faults: { ...read.faults, ...Object.fromEntries(faults) } };
}

/** What is sent for a draft. */
export function toScheduleInput(
  draft: ScheduleDraft,
  variables: Readonly<Record<string, unknown>> | undefined,
): ScheduleInput {
  const when = {
    cron: { cron: draft.cron.trim() },
    every: { every: draft.every.trim() },
    at: { at: draft.at === '' ? '' : new Date(draft.at).toISOString() },
  }[draft.kind];
  return {
    ...(draft.name.trim() === '' ? {} : { name: draft.name.trim() }),
    template: draft.template,
    ...(variables === undefined ? {} : { variables }),
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
