import type { Schedule } from '@coaia/client';
import { expect, test } from 'vitest';
import { toFormValues } from '../form/values.ts';
import type { FormVariable } from '../pipeline.ts';
import { readScheduleValues, toDraft, toEmptyDraft, toScheduleInput } from './schedule-draft.ts';

const variables: readonly FormVariable[] = [
  { name: 'week', type: 'string', required: true },
  { name: 'token', type: 'string', required: false, secret: true },
];
const schedule = {
  name: 'weekly',
  template: 'digest',
  variables: { week: 'current', token: '***' },
  cron: null,
  every: '15m',
  at: null,
  timeZone: 'Europe/Paris',
  overlap: 'queue',
  missed: 'skip',
  retries: 2,
  webhookUrl: null,
} as unknown as Schedule;

test('a schedule whose values are left alone sends none, so that its secrets stay', () => {
  const draft = toDraft(schedule);
  const read = readScheduleValues(variables, {}, schedule, draft);
  expect(read).toEqual({ variables: undefined, faults: {} });
  expect(toScheduleInput(draft, read.variables)).toEqual({
    name: 'weekly',
    template: 'digest',
    every: '15m',
    timeZone: 'Europe/Paris',
    overlap: 'queue',
    missed: 'skip',
    retries: 2,
  });
});

test('changed values ask for a secret again that was set', () => {
  const draft = { ...toDraft(schedule), values: { week: '2026-W48' } };
  const values = { ...toFormValues(variables, schedule.variables), ...draft.values };
  const read = readScheduleValues(variables, values, schedule, draft);
  expect(Object.keys(read.faults)).toEqual(['token']);
  const typed = readScheduleValues(variables, { ...values, token: 'x' }, schedule, draft);
  expect(typed).toEqual({ variables: { week: '2026-W48', token: 'x' }, faults: {} });
});

test('a new schedule needs what its pipeline needs', () => {
  const draft = toEmptyDraft('digest', 'UTC');
  const read = readScheduleValues(variables, toFormValues(variables), undefined, draft);
  expect(Object.keys(read.faults)).toEqual(['week']);
  expect(toScheduleInput({ ...draft, kind: 'at', at: '2026-12-01T06:00' }, {})).toMatchObject({
    at: new Date('2026-12-01T06:00').toISOString(),
    variables: {},
  });
});
