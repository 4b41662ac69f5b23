/** What crosses the wire for predictions. */
import { z } from 'zod';

const version = z.coerce.number().int().min(1);
const text = z.string().min(1).max(800);

export const statQuery = z.object({
  from: text.optional(),
  to: text.optional(),
  step: z.coerce.number().positive().optional(),
  version: version.optional(),
});

export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: text.optional(),
  version: version.optional(),
  only: z.enum(['flagged', 'failed', 'shadow']).optional(),
});

export const outcomesBody = z.object({
  outcomes: z
    .array(
      z.object({
        requestId: text,
        row: z.int().min(0).optional(),
        actual: z.unknown().refine((value) => value !== undefined && value !== null, 'needed'),
      }),
    )
    .min(1)
    .max(10_000),
});

export const worstQuery = z.object({
  last: z.coerce.number().int().min(1).max(5000).optional(),
  since: text.optional(),
  version: version.optional(),
});

export const worstBody = worstQuery.extend({ dataset: z.string().min(1).max(500) });

export const driftQuery = z.object({
  version: version.optional(),
  windowHours: z.coerce.number().int().min(1).max(720).optional(),
  windows: z.coerce.number().int().min(1).max(60).optional(),
  alert: z.coerce.number().gt(0).max(0.5).optional(),
  metrics: z
    .string()
    .regex(/^(?:(?:psi|ks|missing|unseen)(?:,(?!$)|$))+$/)
    .optional(),
});

export const referenceBody = z.object({
  version,
  source: text,
  rows: z.array(z.record(z.string(), z.unknown())).min(1).max(200_000),
});

export const sinceQuery = z.object({ since: text.optional(), version: version.optional() });

const estimate = z.object({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  count: z.number(),
});

const group = z.object({
  field: z.string(),
  value: z.string(),
  count: z.number(),
  candidate: estimate,
  baseline: estimate.nullable(),
  difference: estimate.nullable(),
  p: z.number().nullable(),
  needed: z.number().nullable(),
});

export const evaluationBody = z.object({
  model: text,
  version,
  against: version.nullable(),
  source: text,
  metric: text,
  examples: z.int().min(0),
  failed: z.object({ candidate: z.int(), baseline: z.int(), onlyCandidate: z.int() }),
  margin: z.number(),
  confidence: z.number().gt(0).lt(1).optional(),
  overall: group,
  groups: z.array(group).max(500),
  power: z.string().nullable(),
  gate: z.object({ passes: z.boolean(), reasons: z.array(z.string()) }).nullable(),
});

export const evaluationAnswer = evaluationBody.extend({
  id: z.string(),
  createdAt: z.iso.datetime(),
});

export const evaluationsAnswer = z.object({ data: z.array(evaluationAnswer) });

const count = z.int().min(0);
const place = { model: text, version: z.int().min(1) };

/** A flush of a gateway on another machine. */
export const flushBody = z.object({
  segments: z.array(
    z.object({
      id: text,
      ...place,
      first_at: z.int(),
      last_at: z.int(),
      prediction_count: count,
      failed_count: count,
      flagged_count: count,
      shadow_count: count,
      data: z.base64(),
    }),
  ),
  ids: z.array(z.object({ request_id: z.string(), segment_id: text, model: text })),
  sketches: z.array(
    z.object({ ...place, route: text, hour: z.int(), writer: text, sketch: z.string() }),
  ),
  stats: z.array(
    z.object({
      ...place,
      route: text,
      at: z.int(),
      writer: text,
      predictions: count,
      row_count: count,
      failed: count,
      refused: count,
      flagged: count,
      dropped: count,
      total_ms: z.number(),
      latency: z.string(),
    }),
  ),
  events: z.array(
    z.object({ id: text, type: text, timestamp: z.iso.datetime(), body: z.unknown() }),
  ),
});
