/** What crosses the wire for schedules. */
import { z } from 'zod';
import { cursorMeta, pageParameters, RUN_STATES } from '../runs/schema.ts';

const fields = {
  name: z.string().trim().min(1).max(200).optional(),
  template: z.string().min(1).max(300),
  variables: z.record(z.string(), z.unknown()).optional(),
  cron: z.string().min(1).max(200).optional(),
  every: z.string().min(1).max(50).optional(),
  at: z.string().min(1).max(50).optional(),
  timeZone: z.string().min(1).max(100).optional(),
  overlap: z.enum(['skip', 'queue', 'replace']).optional(),
  missed: z.enum(['run-once', 'skip']).optional(),
  jitterMs: z.int().min(0).max(86_400_000).optional(),
  retries: z.int().min(0).max(20).optional(),
  timeoutMs: z.int().min(1).optional(),
  webhookUrl: z.string().min(1).max(2000).optional(),
} as const;

export const scheduleBody = z.strictObject(fields);

/** A parsed body of `POST /schedules`. */
export type ScheduleBody = z.infer<typeof scheduleBody>;

export const scheduleChange = z.strictObject({
  ...fields,
  template: fields.template.optional(),
  timeoutMs: z.int().min(1).nullish(),
  webhookUrl: z.string().min(1).max(2000).nullish(),
});

/** A parsed body of `PATCH /schedules/{id}`. */
export type ScheduleChangeBody = z.infer<typeof scheduleChange>;

export const scheduleQuery = z.object(pageParameters);

/** A parsed query of the lists. */
export type ScheduleQuery = z.infer<typeof scheduleQuery>;

const time = z.iso.datetime();

export const scheduleAnswer = z.object({
  id: z.string(),
  name: z.string(),
  template: z.string(),
  variables: z.record(z.string(), z.unknown()),
  cron: z.string().nullable(),
  every: z.string().nullable(),
  at: time.nullable(),
  timeZone: z.string(),
  overlap: z.enum(['skip', 'queue', 'replace']),
  missed: z.enum(['run-once', 'skip']),
  jitterMs: z.int(),
  retries: z.int(),
  timeoutMs: z.int().nullable(),
  webhookUrl: z.string().nullable(),
  isPaused: z.boolean(),
  nextAt: time.nullable(),
  lastAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
});

export const createdAnswer = scheduleAnswer.extend({ webhookSecret: z.string().nullable() });

export const scheduleListAnswer = z.object({ data: z.array(scheduleAnswer), meta: cursorMeta });

export const firingListAnswer = z.object({
  data: z.array(
    z.object({
      at: time,
      state: z.enum(['started', 'skipped', 'missed', 'failed']),
      reason: z.string().nullable(),
      runId: z.string().nullable(),
      runState: z.enum(RUN_STATES).nullable(),
    }),
  ),
  meta: cursorMeta,
});
