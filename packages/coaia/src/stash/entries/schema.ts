/** What crosses the wire of `/api/v1/stash`. */
import { z } from 'zod';

export const putBody = z.object({
  value: z.string(),
  encoding: z.enum(['utf8', 'base64']).default('utf8'),
  ttlSeconds: z.int().min(1).max(3_155_760_000).nullable(),
  onlyIfAbsent: z.boolean().optional(),
  onlyIfVersion: z.string().min(1).max(100).optional(),
});

export const listQuery = z.object({
  pattern: z.string().min(1).max(1000).default('*'),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
});

const written = z.object({
  key: z.string(),
  version: z.string(),
  expiresAt: z.string().nullable(),
});

export const putAnswer = written;

export const getAnswer = z.object({
  item: written.extend({ value: z.string(), encoding: z.enum(['utf8', 'base64']) }).nullable(),
});

export const listAnswer = z.object({
  data: z.array(z.object({ key: z.string(), bytes: z.number(), expiresAt: z.string().nullable() })),
  meta: z.object({ cursor: z.null() }),
});

export const deleteAnswer = z.object({ deleted: z.boolean() });
