/** What crosses the wire for comparisons. */
import { z } from 'zod';
import { limitParameter, pageParameter, textParameter } from '../../list-query.ts';

/** Runs beside the baseline. */
const MOST_CANDIDATES = 9;

/** Comma lists and repeated parameters alike. */
const listParameter = z.preprocess(
  (value) =>
    (Array.isArray(value) ? value : [value])
      .flatMap((one: unknown) => (typeof one === 'string' ? one.split(',') : []))
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  z.array(z.string()),
);

export const linesQuery = z.object({
  dataset: textParameter,
  limit: limitParameter(50, 20),
  cursor: textParameter,
});

export const compareQuery = z.object({
  baseline: textParameter.pipe(z.string({ error: 'baseline is required' })),
  candidates: listParameter.pipe(z.array(z.string()).max(MOST_CANDIDATES)),
  dataset: textParameter,
  score: textParameter,
  mode: z
    .preprocess(
      (value) => (value === '' ? undefined : value),
      z.enum(['all', 'regressions', 'improvements', 'different', 'errors']).optional(),
    )
    .transform((mode) => mode ?? 'all'),
  slice: textParameter,
  lower: listParameter,
  page: pageParameter,
  limit: limitParameter(500, 100),
  preview: limitParameter(20_000, 600),
});

const interval = z.object({ low: z.number(), high: z.number() }).nullable();

const summary = z.object({
  name: z.string(),
  kind: z.enum(['number', 'pass', 'label']),
  n: z.int(),
  missing: z.int(),
  mean: z.number().nullable(),
  interval,
  labels: z.record(z.string(), z.int()).optional(),
});

const line = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  startTime: z.iso.datetime(),
  endTime: z.iso.datetime(),
  datasetId: z.string().nullable(),
  datasetName: z.string().nullable(),
  metadata: z.unknown(),
  items: z.int(),
  errors: z.int(),
  scores: z.array(summary),
  cost: summary,
  totalCost: z.number().nullable(),
  latency: summary,
  prompts: z.array(z.object({ name: z.string(), version: z.int().nullable() })),
});

export const linesAnswer = z.object({
  data: z.array(line),
  meta: z.object({ cursor: z.string().optional() }),
});

const measure = z.object({
  name: z.string(),
  kind: z.enum(['number', 'pass', 'label']),
  runs: z.array(summary),
  deltas: z.array(
    z.object({
      runId: z.string(),
      pairs: z.int(),
      missing: z.array(z.string()),
      missingCount: z.int(),
      meanDifference: z.number().nullable(),
      interval,
      resamples: z.int().nullable(),
      mcnemar: z
        .object({
          onlyBaseline: z.int(),
          onlyCandidate: z.int(),
          p: z.number(),
          midP: z.number(),
        })
        .nullable(),
      verdict: z.enum(['higher', 'lower', 'no difference shown', 'too few pairs']),
    }),
  ),
});

const cell = z.object({
  traceId: z.string(),
  observationId: z.string().nullable(),
  output: z.unknown(),
  outputCut: z.boolean(),
  isError: z.boolean(),
  statusMessage: z.string().nullable(),
  cost: z.number().nullable(),
  latency: z.number().nullable(),
  scores: z.record(z.string(), z.union([z.number(), z.string()])),
  deltas: z.record(z.string(), z.number()).optional(),
  repetitions: z.int(),
});

export const compareAnswer = z.object({
  runs: z.array(line),
  method: z.object({
    confidence: z.number(),
    interval: z.string(),
    test: z.string(),
    seed: z.int(),
    minPairs: z.int(),
    minDiscordant: z.int(),
  }),
  scores: z.array(measure),
  cost: measure,
  latency: measure,
  slices: z.array(
    z.object({
      key: z.string(),
      values: z.array(z.object({ value: z.string(), count: z.int() })),
    }),
  ),
  points: z.array(z.object({ itemId: z.string(), values: z.array(z.number().nullable()) })),
  rows: z.array(
    z.object({
      itemId: z.string(),
      input: z.unknown(),
      expectedOutput: z.unknown(),
      metadata: z.unknown(),
      cells: z.record(z.string(), cell),
    }),
  ),
  meta: z.object({
    totalItems: z.int(),
    shownItems: z.int(),
    page: z.int(),
    limit: z.int(),
    score: z.string().nullable(),
  }),
});
