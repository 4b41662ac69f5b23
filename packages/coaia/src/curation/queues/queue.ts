/** Annotation queues and their items as the Langfuse API returns them. */
import { toIso } from '#base';
import type { AnnotationQueueItemRow, AnnotationQueueRow } from '#store';
import type { AnnotationQueue, AnnotationQueueItem } from '@coaia/client';

export const QUEUE_OBJECTS = ['TRACE', 'OBSERVATION', 'SESSION'] as const;
export const ITEM_STATUSES = ['PENDING', 'COMPLETED'] as const;

export function toQueue(row: AnnotationQueueRow): AnnotationQueue {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    scoreConfigIds: JSON.parse(row.score_config_ids) as readonly string[],
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}

export function toQueueItem(row: AnnotationQueueItemRow): AnnotationQueueItem {
  return {
    id: row.id,
    queueId: row.queue_id,
    objectId: row.object_id,
    objectType: row.object_type,
    status: row.status,
    completedAt: row.completed_at === null ? null : toIso(row.completed_at),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}

/** When an item counts as done: the first moment it was, until somebody opens it again. */
export function findCompletedAt(
  status: AnnotationQueueItemRow['status'],
  before: number | null,
  now: number,
): number | null {
  return status === 'COMPLETED' ? (before ?? now) : null;
}
