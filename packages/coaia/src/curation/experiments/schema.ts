/** What crosses the wire for experiments. */
import { z } from 'zod';
import { limitParameter, textParameter, timeParameter } from '../list-query.ts';

const shared = {
  fields: textParameter,
  limit: limitParameter(100, 50),
  scoreLimit: limitParameter(50, 50),
  cursor: textParameter,
  fromStartTime: timeParameter.pipe(z.number({ error: 'fromStartTime is required' })),
  toStartTime: timeParameter,
  datasetId: textParameter,
  filter: textParameter,
};

export const experimentListQuery = z.object({ ...shared, id: textParameter, name: textParameter });

export const experimentItemListQuery = z.object({
  ...shared,
  experimentId: textParameter,
  experimentName: textParameter,
  experimentItemId: textParameter,
});

const meta = z.object({ cursor: z.string().optional() });

export const experimentListAnswer = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string().nullable(),
      startTime: z.iso.datetime(),
      endTime: z.iso.datetime(),
      itemCount: z.int(),
      datasetId: z.string().nullable(),
      metadata: z.record(z.string(), z.unknown()).nullable().optional(),
      scores: z.array(z.unknown()).optional(),
    }),
  ),
  meta,
});

/** Fields of an item's groups, there when the group was asked for. */
const itemGroups = {
  experimentDatasetId: z.string().nullable().optional(),
  experimentItemVersion: z.iso.datetime().nullable().optional(),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  expectedOutput: z.unknown().optional(),
  metadata: z.record(z.string(), z.unknown()).nullable().optional(),
  experimentItemMetadata: z.record(z.string(), z.unknown()).nullable().optional(),
  experimentMetadata: z.record(z.string(), z.unknown()).nullable().optional(),
  experimentDescription: z.string().nullable().optional(),
  scores: z.array(z.unknown()).optional(),
};

export const experimentItemListAnswer = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      traceId: z.string(),
      startTime: z.iso.datetime(),
      endTime: z.iso.datetime().nullable(),
      level: z.string(),
      environment: z.string(),
      experimentId: z.string(),
      experimentName: z.string(),
      experimentItemId: z.string(),
      ...itemGroups,
    }),
  ),
  meta,
});
