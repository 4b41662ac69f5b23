/** What crosses the wire for runs over datasets. */
import { parseTime } from '#base';
import { z } from 'zod';
import { limitParameter, pageMetaAnswer, pageParameter } from '../list-query.ts';

export const runListQuery = z.object({ page: pageParameter, limit: limitParameter(100, 50) });

export const runItemListQuery = z.object({
  page: pageParameter,
  limit: limitParameter(100, 50),
  datasetId: z.string().min(1),
  runName: z.string().min(1),
});

const text = z.string().refine((value) => !value.includes('\0'));
const id = text.min(1).max(800);

const time = z
  .string()
  .transform((value, context) => {
    const at = parseTime(value);
    if (at !== undefined) return at;
    context.addIssue({ code: 'custom', message: `"${value}" is no ISO 8601 time` });
    return z.NEVER;
  })
  .nullable()
  .optional();

/** Strict, as Langfuse is: a misspelt member is refused. */
export const runItemBody = z
  .strictObject({
    runName: id,
    runDescription: text.nullable().optional(),
    metadata: z.unknown().optional(),
    datasetItemId: id,
    observationId: id.nullable().optional(),
    traceId: id.nullable().optional(),
    datasetVersion: time,
    createdAt: time,
  })
  .refine((body) => typeof (body.traceId ?? body.observationId) === 'string', {
    message: 'observationId or traceId must be provided',
  });

/** A parsed body of `POST /dataset-run-items`; times in epoch milliseconds. */
export type RunItemBody = z.infer<typeof runItemBody>;

const run = {
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  metadata: z.unknown(),
  datasetId: z.string(),
  datasetName: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

export const runItemAnswer = z.object({
  id: z.string(),
  datasetRunId: z.string(),
  datasetRunName: z.string(),
  datasetItemId: z.string(),
  traceId: z.string(),
  observationId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const runListAnswer = z.object({ data: z.array(z.object(run)), meta: pageMetaAnswer });
export const runAnswer = z.object({ ...run, datasetRunItems: z.array(runItemAnswer) });
export const runItemListAnswer = z.object({ data: z.array(runItemAnswer), meta: pageMetaAnswer });
