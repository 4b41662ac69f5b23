/** What crosses the wire for tasks. */
import { z } from 'zod';
import { cursorMeta, failureAnswer, pageParameters, RUN_STATES, states } from '../runs/schema.ts';

const given = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text));

export const taskQuery = z.object({
  state: states,
  kind: given,
  name: given,
  ...pageParameters,
});

/** A parsed query of `GET /tasks`. */
export type TaskQuery = z.infer<typeof taskQuery>;

export const retryBody = z.strictObject({
  state: z.enum(['failed', 'cancelled']),
  name: z.string().min(1).optional(),
});

/** A parsed body of `POST /tasks/retry`. */
export type RetryBody = z.infer<typeof retryBody>;

const time = z.iso.datetime();

export const taskAnswer = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  state: z.enum(RUN_STATES),
  attempt: z.int(),
  worker: z.string().nullable(),
  ageMs: z.int(),
  createdAt: time,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  nextRetry: time.nullable(),
  error: failureAnswer.nullable(),
  traceId: z.string(),
});

export const taskListAnswer = z.object({ data: z.array(taskAnswer), meta: cursorMeta });

export const retriedAnswer = z.object({ retried: z.int() });

export const queueAnswer = z.object({ name: z.string(), paused: z.boolean() });

export const queueListAnswer = z.object({ data: z.array(queueAnswer) });
