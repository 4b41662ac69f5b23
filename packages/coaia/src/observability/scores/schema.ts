/** What crosses the wire for scores. */
import { z } from 'zod';
import {
  limitParameter,
  listParameter,
  pageParameter,
  textParameter,
  timeParameter,
} from '../list-query.ts';

const DATA_TYPES = ['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT', 'CORRECTION'] as const;
const SOURCES = ['API', 'ANNOTATION', 'EVAL'] as const;
const OPERATORS = ['<', '>', '<=', '>=', '=', '!='] as const;

const first = (value: unknown) => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return one === '' || one === null ? undefined : one;
};
const word = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.preprocess((value) => {
    const one = first(value);
    return typeof one === 'string' ? one.toUpperCase() : one;
  }, z.enum(words).optional());
const numberParameter = z.preprocess(first, z.coerce.number().optional());

/** Checked by ingestion, which has the same rules for both ways in; here only its outer form. */
export const scoreBody = z.looseObject({
  id: z.string().nullish(),
  traceId: z.string().nullish(),
  observationId: z.string().nullish(),
  sessionId: z.string().nullish(),
  datasetRunId: z.string().nullish(),
  name: z.string().nullish(),
  /** A boolean only under a BOOLEAN config. */
  value: z.union([z.number(), z.string(), z.boolean()]),
  dataType: z.enum(DATA_TYPES).nullish(),
  configId: z.string().nullish(),
  queueId: z.string().nullish(),
  comment: z.string().nullish(),
  metadata: z.unknown().optional(),
  environment: z.string().nullish(),
  source: z.enum(['API', 'ANNOTATION']).nullish(),
});

/** A parsed body of `POST /scores`. */
export type ScoreBody = z.infer<typeof scoreBody>;

const listParameters = {
  page: pageParameter,
  limit: limitParameter(100, 50),
  userId: textParameter,
  name: textParameter,
  fromTimestamp: timeParameter,
  toTimestamp: timeParameter,
  environment: listParameter,
  source: word(SOURCES),
  operator: z.preprocess(first, z.enum(OPERATORS).optional()),
  value: numberParameter,
  scoreIds: textParameter,
  configId: textParameter,
  queueId: textParameter,
  dataType: word(DATA_TYPES),
  traceTags: listParameter,
  filter: textParameter,
};

export const scoreV1ListQuery = z.object(listParameters);

export const scoreListQuery = z.object({
  ...listParameters,
  sessionId: textParameter,
  datasetRunId: textParameter,
  traceId: textParameter,
  observationId: textParameter,
  fields: textParameter,
});

/** A parsed query of `GET /v2/scores`; times are epoch milliseconds. */
export type ScoreListQuery = z.infer<typeof scoreListQuery>;

/** Comma lists stay text: the empty ones count as absent, and order does not matter. */
export const scoreV3Query = z.object({
  limit: limitParameter(100, 50),
  cursor: textParameter,
  fields: textParameter,
  id: textParameter,
  name: textParameter,
  source: textParameter,
  dataType: textParameter,
  environment: textParameter,
  configId: textParameter,
  queueId: textParameter,
  authorUserId: textParameter,
  value: textParameter,
  valueMin: numberParameter,
  valueMax: numberParameter,
  traceId: textParameter,
  sessionId: textParameter,
  observationId: textParameter,
  experimentId: textParameter,
  fromTimestamp: timeParameter,
  toTimestamp: timeParameter,
});

/** A parsed query of `GET /v3/scores`. */
export type ScoreV3ListQuery = z.infer<typeof scoreV3Query>;

const shared = {
  id: z.string(),
  name: z.string(),
  source: z.enum(SOURCES),
  dataType: z.enum(DATA_TYPES),
  environment: z.string(),
  timestamp: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

export const scoreAnswer = z.object({
  ...shared,
  traceId: z.string().nullable(),
  observationId: z.string().nullable(),
  sessionId: z.string().nullable(),
  datasetRunId: z.string().nullable(),
  value: z.number().optional(),
  stringValue: z.string().optional(),
  comment: z.string().nullable(),
  metadata: z.unknown(),
  configId: z.string().nullable(),
  queueId: z.string().nullable(),
  authorUserId: z.string().nullable(),
});

const trace = z.object({
  userId: z.string().nullable(),
  tags: z.array(z.string()),
  environment: z.string().nullable(),
  sessionId: z.string().nullable(),
});

export const scoreListAnswer = z.object({
  data: z.array(scoreAnswer.extend({ trace: trace.nullable().optional() })),
  meta: z.object({ page: z.int(), limit: z.int(), totalItems: z.int(), totalPages: z.int() }),
});

/** Fields of the groups `details`, `subject` and `annotation`, there when the group was asked for. */
const scoreV3Groups = {
  comment: z.string().nullable().optional(),
  configId: z.string().nullable().optional(),
  metadata: z.unknown().optional(),
  subject: z
    .object({
      kind: z.enum(['trace', 'observation', 'session', 'experiment']),
      id: z.string(),
      traceId: z.string().nullable().optional(),
    })
    .nullable()
    .optional(),
  authorUserId: z.string().nullable().optional(),
  queueId: z.string().nullable().optional(),
};

export const scoreV3ListAnswer = z.object({
  data: z.array(
    z.object({
      ...shared,
      projectId: z.string(),
      value: z.union([z.number(), z.boolean(), z.string()]),
      ...scoreV3Groups,
    }),
  ),
  meta: z.object({ limit: z.int(), cursor: z.string().optional() }),
});

export const scoreCreatedAnswer = z.object({ id: z.string() });
