/** What crosses the wire for judging a trace. */
import { z } from 'zod';

export const judgementBody = z.strictObject({
  traceId: z.string().min(1).max(500),
  observationId: z.string().min(1).max(500).optional(),
  config: z.string().min(1).max(500),
  criteria: z.string().min(1).max(10_000).optional(),
  models: z.array(z.string().min(1)).min(1).max(20).optional(),
  provider: z.string().min(1).optional(),
});

const value = z.union([z.number(), z.string(), z.boolean()]);

export const judgementAnswer = z.object({
  name: z.string(),
  scores: z.array(
    z.object({
      id: z.string(),
      model: z.string(),
      value,
      reasoning: z.string(),
      traceId: z.string(),
    }),
  ),
  judges: z.int(),
  value: value.nullable(),
  deviation: z.number().nullable(),
  spread: z.number().nullable(),
  agreement: z.number().nullable(),
});
