/** What the routes of predictions answer, for the API document. */
import { z } from 'zod';

const nullable = z.number().nullable();
const row = z.record(z.string(), z.unknown());

const estimate = z
  .object({ value: z.number(), low: nullable, high: nullable, count: z.number() })
  .describe('A number with its 95 % interval.');

const point = z.object({
  at: z.iso.datetime(),
  predictions: z.int(),
  rows: z.int(),
  failed: z.int(),
  refused: z.int(),
  flagged: z.int(),
  dropped: z.int(),
  perSecond: z.number(),
  meanMs: nullable,
  p50Ms: nullable,
  p95Ms: nullable,
  p99Ms: nullable,
});

export const statAnswer = z.object({
  model: z.string(),
  stepSeconds: z.number(),
  data: z.array(point),
  total: point,
  errorRate: estimate.nullable(),
  flaggedRate: estimate.nullable(),
  versions: z.array(z.object({ version: z.int(), predictions: z.int(), share: z.number() })),
});

const item = z.object({
  requestId: z.string(),
  traceId: z.string(),
  model: z.string(),
  version: z.int(),
  route: z.string(),
  at: z.iso.datetime(),
  durationMs: z.number(),
  queueMs: nullable,
  workerMs: nullable,
  status: z.int(),
  rows: z.int(),
  inputs: z.array(row).nullable(),
  outputs: z.array(row).nullable(),
  flags: z.array(
    z.object({ code: z.string(), row: z.int(), field: z.string(), message: z.string() }),
  ),
  warnings: z.array(z.string()),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  userId: z.string().nullable(),
  sessionId: z.string().nullable(),
  tags: z.array(z.string()),
});

export const listAnswer = z.object({
  data: z.array(item),
  meta: z.object({ cursor: z.string().nullable() }),
});

const detail = item.extend({
  shadows: z.array(item),
  outcomes: z.array(
    z.object({
      row: z.int(),
      actual: z.unknown(),
      loss: nullable,
      recordedAt: z.iso.datetime(),
      revision: z.int(),
    }),
  ),
});

export const detailAnswer = detail.extend({
  others: z.array(detail).describe('Earlier ones with the same request id, newest first.'),
});

export const outcomesAnswer = z.object({
  recorded: z.int(),
  unchanged: z.int(),
  changed: z.int(),
  unknown: z.array(z.object({ index: z.int(), requestId: z.string(), reason: z.string() })),
});

export const worstAnswer = z.object({
  data: z.array(
    z.object({
      requestId: z.string(),
      traceId: z.string(),
      row: z.int(),
      version: z.int(),
      at: z.iso.datetime(),
      loss: z.number(),
      predicted: z.unknown(),
      actual: z.unknown(),
      input: row.nullable(),
    }),
  ),
});

export const worstDatasetAnswer = z.object({
  dataset: z.string(),
  stored: z.int(),
  unchanged: z.int(),
  withoutInput: z.int(),
});

const driftField = z.object({
  name: z.string(),
  side: z.enum(['input', 'output']),
  kind: z.enum(['number', 'category', 'counted']),
  count: z.int(),
  referenceCount: z.int(),
  psi: estimate.nullable(),
  psiWithoutDrift: nullable,
  distance: nullable,
  change: estimate.extend({ what: z.string() }).nullable(),
  missing: estimate.nullable(),
  referenceMissing: nullable,
  outside: estimate.nullable(),
  p: nullable,
  isAlert: z.boolean(),
  why: z.string().nullable(),
});

export const driftAnswer = z.object({
  model: z.string(),
  version: z.int(),
  reference: z.object({ source: z.string(), rows: z.int() }).nullable(),
  reason: z.string().nullable(),
  windowHours: z.number(),
  falseAlarmRate: z.number(),
  windows: z.array(
    z.object({
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      rows: z.int(),
      isComplete: z.boolean(),
      isAlert: z.boolean(),
      threshold: z.number(),
      smallestShift: nullable,
      fields: z.array(driftField),
    }),
  ),
});

export const referenceAnswer = z.object({ rows: z.int() });

export const calibrationAnswer = z.object({
  model: z.string(),
  version: z.int(),
  task: z.string(),
  outcomes: z.int(),
  reason: z.string().nullable(),
  of: z.string().nullable(),
  bins: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      count: z.int(),
      predicted: z.number(),
      observed: estimate,
    }),
  ),
  binning: z.enum(['width', 'count']).nullable(),
  expectedCalibrationError: nullable,
  calibrationErrorInterval: z.object({ low: z.number(), high: z.number() }).nullable(),
  calibrationErrorByChance: z.object({ mean: z.number(), high: z.number() }).nullable(),
  auc: estimate.nullable(),
  brier: estimate.nullable(),
  logLoss: estimate.nullable(),
  accuracy: estimate.nullable(),
  meanAbsoluteError: estimate.nullable(),
  rootMeanSquaredError: estimate.nullable(),
  bias: estimate.nullable(),
  coverage: estimate.nullable(),
});

export const shadowAnswer = z.object({
  model: z.string(),
  shadow: z.int(),
  champion: z.int(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  pairs: z.int(),
  isPartial: z.boolean(),
  kind: z.enum(['category', 'number']),
  tolerance: nullable,
  disagreement: estimate,
  difference: estimate.nullable(),
  largest: z.array(
    z.object({
      requestId: z.string(),
      champion: z.unknown(),
      shadow: z.unknown(),
      size: z.number(),
    }),
  ),
  parts: z.array(z.object({ field: z.string(), part: z.string(), disagreement: estimate })),
  championFailed: z.int(),
  shadowFailed: z.int(),
  verdict: z.string(),
});

export const logAnswer = z.object({ predictions: z.int() });
