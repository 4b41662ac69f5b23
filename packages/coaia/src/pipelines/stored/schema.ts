/** What crosses the wire for templates. */
import { z } from 'zod';
import { TEMPLATE_FORMATS, TEMPLATE_SOURCES } from '../templates/template.ts';

const text = { text: z.string().min(1), format: z.enum(TEMPLATE_FORMATS) };
const values = z.record(z.string(), z.unknown());

export const textBody = z.object(text);

export const putBody = z.object({ ...text, baseDigest: z.string().optional() });

/** A parsed body of `PUT /pipelines/{name}`. */
export type PutBody = z.infer<typeof putBody>;

export const previewBody = z
  .object({
    name: z.string().min(1).optional(),
    text: text.text.optional(),
    format: text.format.optional(),
    variables: values.default({}),
  })
  .refine(({ name, text: own }) => (name === undefined) !== (own === undefined), {
    message: 'Expected either "name" or "text"',
  });

/** A parsed body of `POST /pipelines/preview`. */
export type PreviewBody = z.infer<typeof previewBody>;

export const versionQuery = z.object({ version: z.string().min(1).max(100).optional() });

const variable = z.object({
  name: z.string(),
  type: z.string(),
  required: z.boolean(),
  default: z.unknown(),
  description: z.string().nullable(),
  choices: z.array(z.unknown()).nullable(),
  suggestions: z.array(z.unknown()).nullable(),
  secret: z.boolean(),
});

export const summaryAnswer = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string().nullable(),
  author: z.string().nullable(),
  source: z.enum(TEMPLATE_SOURCES),
  digest: z.string(),
  variables: z.array(variable),
  stepCount: z.int(),
  actions: z.array(z.string()),
  updatedAt: z.iso.datetime().nullable(),
  problem: z.string().nullable(),
});

export const listAnswer = z.object({
  data: z.array(summaryAnswer),
  meta: z.object({ cursor: z.null() }),
});

export const detailAnswer = summaryAnswer.extend({
  text: z.string(),
  format: text.format,
  template: values.nullable(),
  versions: z.array(
    z.object({
      revision: z.int(),
      version: z.string(),
      digest: z.string(),
      createdAt: z.iso.datetime(),
    }),
  ),
});

export const problemsAnswer = z.object({
  problems: z.array(
    z.object({
      severity: z.enum(['error', 'warning']),
      code: z.string(),
      message: z.string(),
      path: z.string(),
      line: z.int().nullable(),
    }),
  ),
});

export const deletedAnswer = z.object({ deleted: z.int() });

export const previewAnswer = z.object({
  trace: z.object({
    name: z.string(),
    userId: z.string().nullable(),
    sessionId: z.string().nullable(),
    metadata: values,
  }),
  steps: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.string().nullable(),
      parent: z.string().nullable(),
      kept: z.boolean(),
      input: z.unknown(),
      metadata: values,
      action: z.string().nullable(),
      with: values.nullable(),
    }),
  ),
  warnings: z.array(z.string()),
});
