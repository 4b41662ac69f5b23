/** What crosses the wire for annotation queues. */
import { z } from 'zod';
import { limitParameter, pageParameter } from '../list-query.ts';
import { ITEM_STATUSES, QUEUE_OBJECTS } from './queue.ts';

const meta = z.object({
  page: z.int(),
  limit: z.int(),
  totalItems: z.int(),
  totalPages: z.int(),
});

export const queueBody = z.object({
  name: z.string().trim().min(1).max(200),
  description: z.string().max(5000).nullish(),
  scoreConfigIds: z.array(z.string().min(1)).min(1).max(100),
});

/** A parsed body of `POST /annotation-queues`. */
export type QueueBody = z.infer<typeof queueBody>;

export const pageQuery = z.object({ page: pageParameter, limit: limitParameter(100, 50) });

/** A parsed query of `GET /annotation-queues`. */
export type PageQuery = z.infer<typeof pageQuery>;

export const queueAnswer = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  scoreConfigIds: z.array(z.string()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const queueListAnswer = z.object({ data: z.array(queueAnswer), meta });

const status = z.enum(ITEM_STATUSES);

export const itemBody = z.object({
  objectId: z.string().min(1),
  objectType: z.enum(QUEUE_OBJECTS),
  status: status.nullish(),
});

/** A parsed body of `POST /annotation-queues/{queueId}/items`. */
export type ItemBody = z.infer<typeof itemBody>;

export const itemPatch = z.object({ status: status.nullish() });

export const itemListQuery = pageQuery.extend({
  status: z.preprocess((value) => (value === '' ? undefined : value), status.optional()),
});

/** A parsed query of `GET /annotation-queues/{queueId}/items`. */
export type ItemListQuery = z.infer<typeof itemListQuery>;

export const itemAnswer = z.object({
  id: z.string(),
  queueId: z.string(),
  objectId: z.string(),
  objectType: z.enum(QUEUE_OBJECTS),
  status,
  completedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const itemListAnswer = z.object({ data: z.array(itemAnswer), meta });

export const itemDeleted = z.object({ success: z.boolean(), message: z.string() });

export const assignmentBody = z.object({ userId: z.string().min(1).max(1000) });

export const assignmentAnswer = z.object({
  userId: z.string(),
  queueId: z.string(),
  projectId: z.string(),
});

export const assignmentListAnswer = z.object({ data: z.array(assignmentAnswer) });

export const assignmentDeleted = z.object({ success: z.boolean() });
