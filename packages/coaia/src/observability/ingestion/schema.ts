/** What crosses the wire of the batch API, for the API document; events are checked in event.ts. */
import { z } from 'zod';

const event = z.object({
  id: z.string().min(1).max(800),
  type: z.string(),
  timestamp: z.iso.datetime({ offset: true }),
  metadata: z.unknown().optional(),
  body: z.record(z.string(), z.unknown()),
});

export const batchBody = z.object({ batch: z.array(event), metadata: z.unknown().optional() });

export const ingestionAnswer = z.object({
  successes: z.array(z.object({ id: z.string(), status: z.int() })),
  errors: z.array(
    z.object({
      id: z.string(),
      status: z.int(),
      message: z.string().optional(),
      error: z.unknown().optional(),
    }),
  ),
});
