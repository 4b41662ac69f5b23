/** What crosses the wire for fine-tuning jobs. */
import { z } from 'zod';
import { PROVIDERS, STATES } from './job.ts';

const hyperparameters = z.object({
  epochs: z.union([z.int().min(1).max(100), z.literal('auto')]).optional(),
  batchSize: z.int().min(1).max(100_000).optional(),
  learningRateMultiplier: z.number().positive().max(1000).optional(),
  seed: z.int().optional(),
});

export const jobBody = z.object({
  provider: z.enum(PROVIDERS),
  connection: z.string().min(1).max(200).optional(),
  model: z.string().min(1).max(300),
  training: z.string().min(1),
  validation: z.string().min(1).optional(),
  suffix: z.string().min(1).max(64).optional(),
  datasetName: z.string().max(500).optional(),
  hyperparameters: hyperparameters.optional(),
  force: z.boolean().optional(),
});

export const jobListQuery = z.object({
  all: z.stringbool().optional(),
  provider: z.enum(PROVIDERS).optional(),
  state: z.enum(STATES).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});

/** A parsed body of `POST /fine-tuning-jobs`. */
export type FineTuningBody = z.infer<typeof jobBody>;

/** A parsed query of `GET /fine-tuning-jobs`. */
export type FineTuningListQuery = z.infer<typeof jobListQuery>;

export const eventListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

const nullableText = z.string().nullable();

export const jobAnswer = z.object({
  id: z.string(),
  provider: z.enum(PROVIDERS),
  connection: nullableText,
  providerJobId: nullableText,
  state: z.enum(STATES),
  baseModel: z.string(),
  resultModel: nullableText,
  suffix: nullableText,
  digest: z.string(),
  exampleCount: z.int(),
  datasetName: nullableText,
  hyperparameters,
  traceId: z.string(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  trainedTokens: z.int().nullable(),
  error: nullableText,
  checkedAt: z.iso.datetime(),
  isStale: z.boolean(),
});

export const jobListAnswer = z.object({ data: z.array(jobAnswer) });

export const eventListAnswer = z.object({
  data: z.array(z.object({ createdAt: z.iso.datetime(), level: z.string(), message: z.string() })),
});

export const artifactListAnswer = z.object({
  data: z.array(z.object({ name: z.string(), place: z.string() })),
});
