/** Annotation queues: what people should look at, and with which score configs. */
import type { CoaiaClient } from './client.ts';
import type { PageQuery } from './datasets-api.ts';
import type { ScoreConfig } from './scores-api.ts';
import type { Paged } from './wire.ts';

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

export interface AnnotationQueueInput {
  readonly name: string;
  readonly description?: string;
  /** At least one; they must exist. */
  readonly scoreConfigIds: readonly string[];
}

export interface QueueItemInput {
  readonly objectType: QueueObjectType;
  readonly objectId: string;
}

/** The calls about annotation queues, the same over the embedded store and over HTTP. */
export interface QueuesApi {
  listQueues(query: PageQuery): Promise<Paged<AnnotationQueue>>;
  createQueue(input: AnnotationQueueInput): Promise<AnnotationQueue>;
  listQueueItems(
    queueId: string,
    query: PageQuery & { readonly status?: QueueItemStatus },
  ): Promise<Paged<AnnotationQueueItem>>;
  getQueueItem(queueId: string, itemId: string): Promise<AnnotationQueueItem>;
  createQueueItem(queueId: string, input: QueueItemInput): Promise<AnnotationQueueItem>;
  updateQueueItem(
    queueId: string,
    itemId: string,
    change: { readonly status: QueueItemStatus },
  ): Promise<AnnotationQueueItem>;
  deleteQueueItem(queueId: string, itemId: string): Promise<{ readonly success: boolean }>;
  /** Who works on a queue; servers of Langfuse do not tell. */
  listAssignments(queueId: string): Promise<{ readonly data: readonly QueueAssignment[] }>;
  addAssignment(queueId: string, userId: string): Promise<QueueAssignment>;
  removeAssignment(queueId: string, userId: string): Promise<{ readonly success: boolean }>;
  listScoreConfigs(query: PageQuery): Promise<Paged<ScoreConfig>>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createQueuesApi(client: Pick<CoaiaClient, 'request'>): QueuesApi {
  const queues = ['annotation-queues'];
  const toItems = (queueId: string) => [...queues, queueId, 'items'];
  const toAssignments = (queueId: string) => [...queues, queueId, 'assignments'];
  return {
    listQueues: (query) => client.request('GET', queues, { query }),
    createQueue: (body) => client.request('POST', queues, { body }),
    listQueueItems: (queueId, query) => client.request('GET', toItems(queueId), { query }),
    getQueueItem: (queueId, itemId) => client.request('GET', [...toItems(queueId), itemId]),
    createQueueItem: (queueId, body) => client.request('POST', toItems(queueId), { body }),
    updateQueueItem: (queueId, itemId, body) =>
      client.request('PATCH', [...toItems(queueId), itemId], { body, isRepeatable: true }),
    deleteQueueItem: (queueId, itemId) => client.request('DELETE', [...toItems(queueId), itemId]),
    listAssignments: (queueId) => client.request('GET', toAssignments(queueId), { area: 'v1' }),
    addAssignment: (queueId, userId) =>
      client.request('POST', toAssignments(queueId), { body: { userId }, isRepeatable: true }),
    removeAssignment: (queueId, userId) =>
      client.request('DELETE', toAssignments(queueId), { body: { userId } }),
    listScoreConfigs: (query) => client.request('GET', ['score-configs'], { query }),
  };
}
