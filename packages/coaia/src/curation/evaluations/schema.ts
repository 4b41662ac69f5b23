/** What crosses the wire for evaluations: the log, trials and runs that somebody asks for. */
import { z } from 'zod';
import { limitParameter, textParameter } from '../list-query.ts';

const statuses = z.enum(['pending', 'running', 'done', 'failed']);

export const evaluationQuery = z.object({
  limit: limitParameter(100, 50),
  cursor: textParameter,
  status: z.preprocess((value: unknown) => {
    const one: unknown = Array.isArray(value) ? value[0] : value;
    return one === '' ? undefined : one;
  }, statuses.optional()),
  evaluatorId: textParameter,
  evaluationRuleId: textParameter,
  traceId: textParameter,
});

/** A parsed query of the log. */
export type EvaluationQuery = z.infer<typeof evaluationQuery>;

export const evaluationAnswer = z.object({
  id: z.string(),
  status: statuses,
  evaluatorId: z.string(),
  evaluatorName: z.string().nullable(),
  evaluatorVersion: z.int().nullable(),
  evaluationRuleId: z.string().nullable(),
  target: z.enum(['observation', 'experiment', 'trace']),
  traceId: z.string(),
  observationId: z.string().nullable(),
  datasetItemId: z.string().nullable(),
  experimentId: z.string().nullable(),
  attempts: z.int(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  executionTraceId: z.string().nullable(),
  scoreIds: z.array(z.string()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});

export const evaluationListAnswer = z.object({
  data: z.array(evaluationAnswer),
  meta: z.object({
    cursor: z.string().optional(),
    counts: z.object({
      pending: z.int(),
      running: z.int(),
      done: z.int(),
      failed: z.int(),
    }),
  }),
});

export const trialBody = z.object({
  traceId: z.string().min(1),
  observationId: z.string().min(1).nullish(),
  datasetItemId: z.string().min(1).nullish(),
});

/** A parsed body of a trial. */
export type TrialBody = z.infer<typeof trialBody>;

export const trialAnswer = z.object({
  scores: z.array(
    z.object({
      name: z.string(),
      dataType: z.enum(['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT']),
      value: z.union([z.number(), z.string(), z.boolean()]),
      comment: z.string().nullable(),
    }),
  ),
  executionTraceId: z.string().nullable(),
});

export const runBody = z
  .object({
    traceIds: z.array(z.string().min(1)).max(1000).optional(),
    filter: z.string().max(2000).optional(),
    experimentId: z.string().min(1).optional(),
    datasetName: z.string().min(1).optional(),
    runName: z.string().min(1).optional(),
    limit: z.int().min(1).max(10_000).default(1000),
    again: z.boolean().default(false),
  })
  .refine(
    (body) =>
      [body.traceIds, body.filter, body.experimentId, body.runName].filter(
        (one) => one !== undefined,
      ).length === 1,
    { message: 'Give one of traceIds, filter, experimentId, or datasetName with runName' },
  )
  .refine((body) => (body.runName === undefined) === (body.datasetName === undefined), {
    message: 'A run is named together with its dataset',
  });

/** A parsed body of a run. */
export type RunBody = z.infer<typeof runBody>;

export const runAnswer = z.object({
  evaluationIds: z.array(z.string()),
  added: z.int(),
  known: z.int(),
});

export const resumedAnswer = z.object({ id: z.string(), status: z.enum(['active', 'paused']) });
