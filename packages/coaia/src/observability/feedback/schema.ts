/** What crosses the wire for feedback. */
import { z } from 'zod';
import { limitParameter, pageParameter } from '../list-query.ts';

export const feedbackBody = z.object({
  targetType: z.enum(['skill', 'mcp-tool', 'cli', 'docs', 'public-api', 'other']),
  target: z.string().min(1).max(200),
  feedback: z.string().min(1).max(3000),
  goal: z.string().min(1).max(1500).nullish(),
  referenceUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullish(),
});

/** A parsed body of `POST /feedback`. */
export type FeedbackBody = z.infer<typeof feedbackBody>;

export const feedbackAnswer = z.object({ id: z.string() });

export const feedbackListQuery = z.object({ page: pageParameter, limit: limitParameter(100, 50) });

export const feedbackListAnswer = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      targetType: z.string(),
      target: z.string(),
      feedback: z.string(),
      goal: z.string().nullable(),
      referenceUrl: z.string().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
  meta: z.object({ page: z.int(), limit: z.int(), totalItems: z.int(), totalPages: z.int() }),
});
