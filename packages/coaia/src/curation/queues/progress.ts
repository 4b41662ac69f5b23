/** How far the work on a queue is. */
import type { AnnotationQueue, QueuesApi } from '@coaia/client';

export interface QueueProgress extends AnnotationQueue {
  /** Items that wait. */
  readonly pending: number;
  readonly total: number;
}

/** Counts the items of a queue, those that wait and all. */
export async function readProgress(
  api: Pick<QueuesApi, 'listQueueItems'>,
  queue: AnnotationQueue,
): Promise<QueueProgress> {
  const [pending, all] = await Promise.all([
    api.listQueueItems(queue.id, { page: 1, limit: 1, status: 'PENDING' }),
    api.listQueueItems(queue.id, { page: 1, limit: 1 }),
  ]);
  return { ...queue, pending: pending.meta.totalItems, total: all.meta.totalItems };
}
