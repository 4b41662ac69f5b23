/** Annotation queues: what people should look at, and with which score configs. */

export interface AnnotationQueue {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly scoreConfigIds: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type QueueObjectType = 'TRACE' | 'OBSERVATION' | 'SESSION';
export type QueueItemStatus = 'PENDING' | 'COMPLETED';

export interface AnnotationQueueItem {
  readonly id: string;
  readonly queueId: string;
  readonly objectId: string;
  readonly objectType: QueueObjectType;
  readonly status: QueueItemStatus;
  readonly completedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface QueueAssignment {
  readonly userId: string;
  readonly queueId: string;
  readonly projectId: string;
}
