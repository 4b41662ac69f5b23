/** What crosses the wire for metrics. */
import { z } from 'zod';
import {
  limitParameter,
  listParameter,
  pageParameter,
  textParameter,
  timeParameter,
} from '../list-query.ts';

/** JSON; see metrics-query.ts. */
export const metricsParameters = z.object({ query: z.string() });

export const metricsAnswer = z.object({ data: z.array(z.record(z.string(), z.unknown())) });

export const dailyQuery = z.object({
  page: pageParameter,
  limit: limitParameter(100, 50),
  traceName: textParameter,
  userId: textParameter,
  tags: listParameter,
  environment: listParameter,
  fromTimestamp: timeParameter,
  toTimestamp: timeParameter,
});

/** A parsed query of `GET /metrics/daily`. */
export type DailyQuery = z.infer<typeof dailyQuery>;

export const dailyAnswer = z.object({
  data: z.array(
    z.object({
      date: z.iso.date(),
      countTraces: z.int(),
      countObservations: z.int(),
      totalCost: z.number(),
      usage: z.array(
        z.object({
          model: z.string().nullable(),
          inputUsage: z.number(),
          outputUsage: z.number(),
          totalUsage: z.number(),
          countTraces: z.int(),
          countObservations: z.int(),
          totalCost: z.number(),
        }),
      ),
    }),
  ),
  meta: z.object({ page: z.int(), limit: z.int(), totalItems: z.int(), totalPages: z.int() }),
});
