/** What crosses the wire for comments. */
import { z } from 'zod';
import { limitParameter, pageParameter, textParameter } from '../list-query.ts';
import { COMMENT_OBJECTS, MAX_COMMENT } from './comment.ts';

const objectType = z.enum(COMMENT_OBJECTS);

export const commentBody = z.object({
  projectId: z.string(),
  objectType: z.preprocess(
    (value) => (typeof value === 'string' ? value.toUpperCase() : value),
    objectType,
  ),
  objectId: z.string().min(1),
  content: z.string().trim().min(1).max(MAX_COMMENT),
  authorUserId: z.string().min(1).nullish(),
});

/** A parsed body of `POST /comments`. */
export type CommentBody = z.infer<typeof commentBody>;

export const commentCreated = z.object({ id: z.string() });

export const commentListQuery = z
  .object({
    page: pageParameter,
    limit: limitParameter(100, 50),
    objectType: z.preprocess(
      (value) => (typeof value === 'string' ? value.toUpperCase() || undefined : value),
      objectType.optional(),
    ),
    objectId: textParameter,
    authorUserId: textParameter,
  })
  .refine((query) => query.objectId === undefined || query.objectType !== undefined, {
    path: ['objectType'],
    message: 'objectType is required when objectId is given',
  });

/** A parsed query of `GET /comments`. */
export type CommentListQuery = z.infer<typeof commentListQuery>;

export const commentAnswer = z.object({
  id: z.string(),
  projectId: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  objectType,
  objectId: z.string(),
  content: z.string(),
  authorUserId: z.string().nullable(),
});

export const commentListAnswer = z.object({
  data: z.array(commentAnswer),
  meta: z.object({ page: z.int(), limit: z.int(), totalItems: z.int(), totalPages: z.int() }),
});
