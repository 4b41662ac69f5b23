/** What crosses the wire for the page's datasets. */
import { z } from 'zod';
import { datasetItemAnswer, datasetItemBody } from '../../dataset-items/schema.ts';
import {
  limitParameter,
  pageMetaAnswer,
  pageParameter,
  textParameter,
  timeParameter,
} from '../../list-query.ts';
import { datasetAnswer } from '../schema.ts';
import { FILE_FORMATS } from './export-file.ts';

/** Items of one import. */
const MOST_ITEMS = 10_000;
/** Traces that become items at once. */
const MOST_TRACES = 1000;

const name = textParameter.pipe(z.string({ error: 'name is required' }));

export const linesQuery = z.object({ page: pageParameter, limit: limitParameter(500, 200) });
export const nameQuery = z.object({ name });
export const diffQuery = z.object({
  name,
  from: timeParameter.pipe(z.number({ error: 'from is required' })),
  to: timeParameter,
});
export const fileQuery = z.object({
  name,
  format: z.enum(FILE_FORMATS),
  version: timeParameter,
  system: textParameter,
});

/** Neither database takes a NUL in text. */
const plainText = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => !text.includes('\0'));

export const importBody = z.object({
  datasetName: plainText,
  items: z.array(datasetItemBody.omit({ datasetName: true })).max(MOST_ITEMS),
  dryRun: z.boolean().optional(),
  create: z.boolean().optional(),
});

export const tracesBody = z.object({
  datasetName: plainText,
  traceIds: z.array(plainText).min(1).max(MOST_TRACES),
  observationId: plainText.optional(),
  withOutput: z.boolean().default(true),
  create: z.boolean().default(false),
});

const time = z.iso.datetime();

export const linesAnswer = z.object({
  data: z.array(
    datasetAnswer.extend({
      itemCount: z.int(),
      archivedCount: z.int(),
      runCount: z.int(),
      lastChange: time.nullable(),
      lastRun: time.nullable(),
    }),
  ),
  meta: pageMetaAnswer,
});

export const changesAnswer = z.object({
  data: z.array(z.object({ at: time, added: z.int(), changed: z.int(), deleted: z.int() })),
});

export const diffAnswer = z.object({
  from: time,
  to: time.nullable(),
  added: z.int(),
  changed: z.int(),
  deleted: z.int(),
  unchanged: z.int(),
  items: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['added', 'changed', 'deleted']),
      before: datasetItemAnswer.nullable(),
      after: datasetItemAnswer.nullable(),
    }),
  ),
});

export const importAnswer = z.object({
  total: z.int(),
  stored: z.int(),
  unchanged: z.int(),
  errorCount: z.int(),
  errors: z.array(z.object({ row: z.int(), message: z.string() })),
});
