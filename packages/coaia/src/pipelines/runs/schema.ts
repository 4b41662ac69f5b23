/** What crosses the wire for runs of pipelines. */
import { parseTime } from '#base';
import { z } from 'zod';
import { GRANTS } from './grants.ts';

export const RUN_STATES = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
] as const;

const STEP_STATES = [
  'running',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
  'pending',
] as const;

const time = z.iso.datetime();
const json = z.unknown();

/** States as a comma list; none is all. */
export const states = z
  .string()
  .optional()
  .transform((text, context) => {
    const names = (text ?? '').split(',').filter((name) => name !== '');
    const parsed = z.array(z.enum(RUN_STATES)).safeParse(names);
    if (parsed.success) return names.length === 0 ? undefined : parsed.data;
    context.addIssue({ code: 'custom', message: `Expected some of ${RUN_STATES.join(', ')}` });
    return z.NEVER;
  });

const given = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text));

const since = given.transform((text, context) => {
  if (text === undefined) return undefined;
  const found = parseTime(text);
  if (found !== undefined) return found;
  context.addIssue({ code: 'custom', message: 'Expected an ISO 8601 time' });
  return z.NEVER;
});

/** How much of a list, and from where on. */
export const pageParameters = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: given,
} as const;

export const runQuery = z.object({
  state: states,
  name: given,
  scheduleId: given,
  since,
  ...pageParameters,
});

/** A parsed query of `GET /pipeline-runs`. */
export type RunQuery = z.infer<typeof runQuery>;

const id = z.string().regex(/^[\w.:-]{1,200}$/, 'Expected letters, digits and . _ : -');

export const runBody = z.strictObject({
  template: z.union([
    z.string().min(1).max(300),
    z.strictObject({
      text: z.string().max(1_000_000),
      format: z.enum(['json', 'yaml']),
      name: z.string().optional(),
    }),
  ]),
  variables: z.record(z.string(), z.unknown()).optional(),
  sessionId: z.string().min(1).max(200).optional(),
  userId: z.string().min(1).max(200).optional(),
  traceId: id.optional(),
  concurrency: z.int().min(1).max(64).optional(),
  timeoutMs: z.int().min(1).optional(),
  strict: z.boolean().optional(),
  id: id.optional(),
});

export const forkBody = z.strictObject({ fromStep: z.string().min(1) });

export const approvalBody = z.strictObject({
  approved: z.boolean(),
  comment: z.string().max(5000).optional(),
});

export const failureAnswer = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
  step: z.string().nullable(),
});

export const runAnswer = z.object({
  id: z.string(),
  pipeline: z.object({ name: z.string(), version: z.string() }),
  state: z.enum(RUN_STATES),
  traceId: z.string(),
  attempt: z.int(),
  createdAt: time,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  wakeAt: time.nullable(),
  error: failureAnswer.nullable(),
  output: z.object({ result: json, exports: z.record(z.string(), json) }).nullable(),
  scheduleId: z.string().nullable(),
  parentRunId: z.string().nullable(),
  worker: z.string().nullable(),
});

export const cursorMeta = z.object({ cursor: z.string().nullable() });

export const runListAnswer = z.object({ data: z.array(runAnswer), meta: cursorMeta });

const stepAnswer = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  action: z.string().nullable(),
  needs: z.array(z.string()),
  parent: z.string().nullable(),
  seq: z.int().nullable(),
  state: z.enum(STEP_STATES),
  attempt: z.int(),
  output: json,
  error: failureAnswer.nullable(),
  observationId: z.string().nullable(),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  retryAt: time.nullable(),
});

export const runDetailAnswer = runAnswer.extend({
  steps: z.array(stepAnswer),
  template: z.object({
    name: z.string(),
    version: z.string(),
    digest: z.string(),
    source: z.string(),
  }),
  variables: z.record(z.string(), json),
  approvals: z.array(z.object({ step: z.string(), message: z.string() })),
});

export const permissionsBody = z.strictObject({ allowed: z.array(z.enum(GRANTS)) });

export const actionListAnswer = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      summary: z.string(),
      permission: z.enum(['http', 'shell', 'files']).nullable(),
    }),
  ),
});
