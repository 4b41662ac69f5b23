/** What crosses the wire for items of datasets. */
import { z } from 'zod';
import {
  flagParameter,
  limitParameter,
  pageMetaAnswer,
  pageParameter,
  textParameter,
  timeParameter,
} from '../list-query.ts';

export const datasetItemListQuery = z
  .object({
    page: pageParameter,
    limit: limitParameter(100, 50),
    datasetName: textParameter,
    /** Another name of datasetName, which coaiapy sends. */
    name: textParameter,
    sourceTraceId: textParameter,
    sourceObservationId: textParameter,
    version: timeParameter,
    includeArchived: flagParameter,
  })
  .transform(({ name, ...query }) => ({ ...query, datasetName: query.datasetName ?? name }));

const id = z
  .string()
  .max(800)
  .refine((text) => !text.includes('\0'));

export const datasetItemBody = z.object({
  datasetName: z.string().min(1),
  id: id.min(1).max(255).nullable().optional(),
  input: z.unknown().optional(),
  expectedOutput: z.unknown().optional(),
  metadata: z.unknown().optional(),
  sourceTraceId: id.nullable().optional(),
  sourceObservationId: id.nullable().optional(),
  status: z.enum(['ACTIVE', 'ARCHIVED']).nullable().optional(),
});

export const datasetItemAnswer = z.object({
  id: z.string(),
  status: z.enum(['ACTIVE', 'ARCHIVED']),
  input: z.unknown(),
  expectedOutput: z.unknown(),
  metadata: z.unknown(),
  sourceTraceId: z.string().nullable(),
  sourceObservationId: z.string().nullable(),
  datasetId: z.string(),
  datasetName: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  mediaReferences: z.array(
    z.object({
      field: z.enum(['input', 'expectedOutput', 'metadata']),
      referenceString: z.string(),
      jsonPath: z.string(),
      media: z.object({
        mediaId: z.string(),
        contentType: z.string(),
        contentLength: z.int(),
        url: z.string(),
        urlExpiry: z.string(),
      }),
    }),
  ),
});

export const datasetItemListAnswer = z.object({
  data: z.array(datasetItemAnswer),
  meta: pageMetaAnswer,
});
