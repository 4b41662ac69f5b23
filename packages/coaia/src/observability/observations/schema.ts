/** What crosses the wire for observations. */
import { z } from 'zod';
import {
  flagParameter,
  limitParameter,
  listParameter,
  pageParameter,
  textParameter,
  timeParameter,
} from '../list-query.ts';

const conditions = {
  name: textParameter,
  userId: textParameter,
  type: textParameter,
  traceId: textParameter,
  level: textParameter,
  environment: listParameter,
  fromStartTime: timeParameter,
  toStartTime: timeParameter,
  version: textParameter,
  filter: textParameter,
};

export const observationListQuery = z.object({
  ...conditions,
  page: pageParameter,
  limit: limitParameter(100, 50),
  parentObservationId: textParameter,
});

/** A parsed query of `GET /observations`. */
export type ObservationListQuery = z.infer<typeof observationListQuery>;

export const observationV2Query = z.object({
  ...conditions,
  fields: textParameter,
  expandMetadata: textParameter,
  limit: limitParameter(1000, 50),
  cursor: textParameter,
  parseIoAsJson: flagParameter.refine((asked) => asked !== true, {
    message: 'Input and output are always texts; leave parseIoAsJson out or set it to false',
  }),
  sessionId: textParameter,
  /** An empty value asks for observations without a parent, so blank is not absent here. */
  parentObservationId: z.string().optional(),
  isRootObservation: flagParameter,
});

/** A parsed query of `GET /v2/observations`. */
export type ObservationV2ListQuery = z.infer<typeof observationV2Query>;

export const observationAnswer = z.object({
  id: z.string(),
  traceId: z.string().nullable(),
  projectId: z.string(),
  type: z.string(),
  name: z.string().nullable(),
  startTime: z.iso.datetime(),
  endTime: z.iso.datetime().nullable(),
  completionStartTime: z.iso.datetime().nullable(),
  model: z.string().nullable(),
  modelId: z.string().nullable(),
  modelParameters: z.record(z.string(), z.unknown()).nullable(),
  input: z.unknown(),
  output: z.unknown(),
  metadata: z.unknown(),
  version: z.string().nullable(),
  level: z.string(),
  statusMessage: z.string().nullable(),
  parentObservationId: z.string().nullable(),
  promptId: z.string().nullable(),
  promptName: z.string().nullable(),
  promptVersion: z.number().nullable(),
  environment: z.string(),
  usage: z.object({
    input: z.number(),
    output: z.number(),
    total: z.number(),
    unit: z.string().nullable(),
  }),
  usageDetails: z.record(z.string(), z.number()),
  costDetails: z.record(z.string(), z.number()),
  inputPrice: z.number().nullable(),
  outputPrice: z.number().nullable(),
  totalPrice: z.number().nullable(),
  calculatedInputCost: z.number().nullable(),
  calculatedOutputCost: z.number().nullable(),
  calculatedTotalCost: z.number().nullable(),
  latency: z.number().nullable(),
  timeToFirstToken: z.number().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const observationListAnswer = z.object({
  data: z.array(observationAnswer),
  meta: z.object({ page: z.int(), limit: z.int(), totalItems: z.int(), totalPages: z.int() }),
});

/** One observation of v2: what has no mark is always there, the rest when its field group was asked for. */
const observationV2 = z.object({
  id: z.string(),
  traceId: z.string().nullable(),
  projectId: z.string(),
  parentObservationId: z.string().nullable(),
  type: z.string(),
  startTime: z.iso.datetime(),
  endTime: z.iso.datetime().nullable(),
  modelId: z.string().nullable(),
  inputPrice: z.string().nullable(),
  outputPrice: z.string().nullable(),
  totalPrice: z.string().nullable(),
  name: z.string().nullable().optional(),
  level: z.string().optional(),
  statusMessage: z.string().nullable().optional(),
  version: z.string().nullable().optional(),
  environment: z.string().optional(),
  bookmarked: z.boolean().optional(),
  public: z.boolean().optional(),
  userId: z.string().nullable().optional(),
  sessionId: z.string().nullable().optional(),
  isRootObservation: z.boolean().optional(),
  completionStartTime: z.iso.datetime().nullable().optional(),
  createdAt: z.iso.datetime().optional(),
  updatedAt: z.iso.datetime().optional(),
  input: z.string().nullable().optional(),
  output: z.string().nullable().optional(),
  metadata: z.unknown().optional(),
  providedModelName: z.string().nullable().optional(),
  internalModelId: z.string().nullable().optional(),
  modelParameters: z.record(z.string(), z.unknown()).nullable().optional(),
  usageDetails: z.record(z.string(), z.number()).optional(),
  costDetails: z.record(z.string(), z.number()).optional(),
  totalCost: z.number().nullable().optional(),
  usagePricingTierName: z.string().nullable().optional(),
  promptId: z.string().nullable().optional(),
  promptName: z.string().nullable().optional(),
  promptVersion: z.int().nullable().optional(),
  latency: z.number().nullable().optional(),
  timeToFirstToken: z.number().nullable().optional(),
  tags: z.array(z.string()).optional(),
  release: z.string().nullable().optional(),
  traceName: z.string().nullable().optional(),
});

export const observationV2Answer = z.object({
  data: z.array(observationV2),
  meta: z.object({ cursor: z.string().optional() }),
});
