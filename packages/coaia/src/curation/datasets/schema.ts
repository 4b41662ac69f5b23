/** What crosses the wire for datasets. */
import { z } from 'zod';
import { limitParameter, pageMetaAnswer, pageParameter } from '../list-query.ts';

export const datasetListQuery = z.object({ page: pageParameter, limit: limitParameter(100, 50) });

const jsonSchema = z.record(z.string(), z.unknown()).nullable().optional();

/** Neither database takes this character in text. */
const withoutNul = (text: string) => !text.includes('\0');

export const datasetBody = z.object({
  name: z.string().min(1).max(1000).refine(withoutNul),
  description: z.string().refine(withoutNul).nullable().optional(),
  metadata: z.unknown().optional(),
  inputSchema: jsonSchema,
  expectedOutputSchema: jsonSchema,
});

export const datasetAnswer = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  metadata: z.unknown(),
  inputSchema: z.unknown(),
  expectedOutputSchema: z.unknown(),
  projectId: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const datasetListAnswer = z.object({
  data: z.array(datasetAnswer.extend({ itemCount: z.int() })),
  meta: pageMetaAnswer,
});

export const messageAnswer = z.object({ message: z.string() });
