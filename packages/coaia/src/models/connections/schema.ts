/** What crosses the wire for connections to model servers. */
import { z } from 'zod';
import { ADAPTERS } from './connection.ts';

const first = (value: unknown) => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return one === '' || one === null ? undefined : one;
};

export const connectionListQuery = z.object({
  page: z.preprocess(first, z.coerce.number().int().min(1).default(1)),
  limit: z.preprocess(first, z.coerce.number().int().min(1).max(100).default(50)),
});

/** A parsed query of `GET /llm-connections`. */
export type ConnectionListQuery = z.infer<typeof connectionListQuery>;

/** A header's name as HTTP has it, and a value on one line. */
const headers = z.record(
  z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'is no name of a header'),
  z.string().regex(/^[\t\u0020-\u007E\u0080-\u00FF]*$/, 'is no value of a header'),
);

export const connectionBody = z.object({
  provider: z.string().trim().min(1).max(200),
  adapter: z.enum(ADAPTERS),
  secretKey: z.string().trim().min(1).max(20_000),
  baseURL: z.string().trim().max(2000).nullish(),
  customModels: z.array(z.string().trim().min(1).max(200)).max(500).nullish(),
  withDefaultModels: z.boolean().nullish(),
  extraHeaders: headers.nullish(),
  config: z.record(z.string(), z.unknown()).nullish(),
});

/** A parsed body of `PUT /llm-connections`. */
export type ConnectionBody = z.infer<typeof connectionBody>;

export const connectionAnswer = z.object({
  id: z.string(),
  provider: z.string(),
  adapter: z.string(),
  displaySecretKey: z.string(),
  baseURL: z.string().nullable(),
  customModels: z.array(z.string()),
  withDefaultModels: z.boolean(),
  extraHeaderKeys: z.array(z.string()),
  config: z.record(z.string(), z.unknown()).nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const connectionListAnswer = z.object({
  data: z.array(connectionAnswer),
  meta: z.object({ page: z.int(), limit: z.int(), totalItems: z.int(), totalPages: z.int() }),
});

export const connectionDeleted = z.object({ message: z.string() });

export const connectionTestBody = z.object({ model: z.string().trim().min(1).max(200).optional() });

export const connectionTestAnswer = z.object({
  provider: z.string(),
  adapter: z.string(),
  baseUrl: z.string(),
  models: z.array(z.string()),
  latencyMs: z.number(),
  answer: z.string().nullable(),
  traceId: z.string().nullable(),
});
