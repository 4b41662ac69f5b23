/** What crosses the wire for traces. */
import { z } from 'zod';
import {
  limitParameter,
  listParameter,
  pageParameter,
  textParameter,
  timeParameter,
} from '../list-query.ts';
import { observationAnswer } from '../observations/schema.ts';
import { scoreAnswer } from '../scores/schema.ts';

export const traceListQuery = z.object({
  page: pageParameter,
  limit: limitParameter(100, 50),
  userId: textParameter,
  name: textParameter,
  sessionId: textParameter,
  fromTimestamp: timeParameter,
  toTimestamp: timeParameter,
  orderBy: textParameter,
  tags: listParameter,
  version: textParameter,
  release: textParameter,
  environment: listParameter,
  fields: textParameter,
  filter: textParameter,
  q: textParameter,
});

/** A parsed query of `GET /traces`; times are epoch milliseconds. */
export type TraceListQuery = z.infer<typeof traceListQuery>;

export const traceQuery = z.object({ fields: textParameter });

export const traceIdsBody = z.object({ traceIds: z.array(z.string().min(1)).min(1).max(10_000) });

const shared = {
  id: z.string(),
  timestamp: z.iso.datetime(),
  name: z.string().nullable(),
  input: z.unknown(),
  output: z.unknown(),
  sessionId: z.string().nullable(),
  release: z.string().nullable(),
  version: z.string().nullable(),
  userId: z.string().nullable(),
  metadata: z.unknown(),
  tags: z.array(z.string()),
  public: z.boolean(),
  bookmarked: z.boolean(),
  environment: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  projectId: z.string(),
  externalId: z.null(),
  htmlPath: z.string(),
  latency: z.number(),
  totalCost: z.number(),
};

export const traceAnswer = z.object(shared);

export const traceListAnswer = z.object({
  data: z.array(
    z.object({
      ...shared,
      observations: z.array(z.string()),
      scores: z.array(z.string()),
      /** Coaia: the worst level of its observations. */
      level: z.enum(['DEFAULT', 'WARNING', 'ERROR']),
    }),
  ),
  meta: z.object({
    page: z.int(),
    limit: z.int(),
    totalItems: z.int(),
    totalPages: z.int(),
  }),
});

/** Scores inside a trace have one form for all types: what does not apply is null. */
const scoreInTrace = scoreAnswer.extend({
  projectId: z.string(),
  value: z.number().nullable(),
  stringValue: z.string().nullable(),
});

export const traceDetailAnswer = z.object({
  ...shared,
  observations: z.array(observationAnswer),
  scores: z.array(scoreInTrace),
});

export const messageAnswer = z.object({ message: z.string() });
