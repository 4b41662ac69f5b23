/** What crosses the wire for sessions. */
import { z } from 'zod';
import { limitParameter, listParameter, pageParameter, timeParameter } from '../list-query.ts';
import { traceAnswer } from '../traces/schema.ts';

export const sessionListQuery = z.object({
  page: pageParameter,
  limit: limitParameter(100, 50),
  fromTimestamp: timeParameter,
  toTimestamp: timeParameter,
  environment: listParameter,
});

/** A parsed query of `GET /sessions`. */
export type SessionListQuery = z.infer<typeof sessionListQuery>;

const session = {
  id: z.string(),
  createdAt: z.iso.datetime(),
  projectId: z.string(),
  environment: z.string(),
};

export const sessionListAnswer = z.object({
  data: z.array(z.object(session)),
  meta: z.object({ page: z.int(), limit: z.int(), totalItems: z.int(), totalPages: z.int() }),
});

export const sessionAnswer = z.object({ ...session, traces: z.array(traceAnswer) });
