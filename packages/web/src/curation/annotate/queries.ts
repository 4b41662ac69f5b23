import type {
  AnnotationQueue,
  AnnotationQueueItem,
  Observation,
  QueueObjectType,
  Score,
  ScoreConfig,
  Trace,
} from '@coaia/client';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { ApiError, sendRequest } from '../../lib/api.ts';
import { readAll } from '../../lib/read-all.ts';

const base = '/api/public/annotation-queues';

interface Page<T> {
  readonly data: readonly T[];
  readonly meta: { readonly totalItems: number; readonly totalPages: number };
}

/** A queue with how far it is. */
export interface QueueLine extends AnnotationQueue {
  readonly pending: number;
  readonly total: number;
}

async function readLine(queue: AnnotationQueue, signal: AbortSignal): Promise<QueueLine> {
  const count = async (status?: string) => {
    const query = { limit: 1, status };
    const path = `${base}/${encodeURIComponent(queue.id)}/items`;
    return (await sendRequest<Page<unknown>>(path, { query, signal })).meta.totalItems;
  };
  const [pending, total] = await Promise.all([count('PENDING'), count()]);
  return { ...queue, pending, total };
}

/** The queues with their progress, newest first. */
export function queuesQuery(project: string) {
  return queryOptions({
    queryKey: ['queues', project, 'list'] as const,
    queryFn: async ({ signal }) => {
      const queues = await readAll<AnnotationQueue>(base, signal);
      return Promise.all(queues.map((queue) => readLine(queue, signal)));
    },
  });
}

/** One queue with its progress. */
export function queueQuery(project: string, queueId: string) {
  return queryOptions({
    queryKey: ['queues', project, 'one', queueId] as const,
    queryFn: async ({ signal }) => {
      const path = `${base}/${encodeURIComponent(queueId)}`;
      return readLine(await sendRequest<AnnotationQueue>(path, { signal }), signal);
    },
  });
}

/** Items of a queue in the order in which they came, those that wait or those that are done. */
export function itemsQuery(project: string, queueId: string, status: 'PENDING' | 'COMPLETED') {
  return queryOptions({
    queryKey: ['queues', project, 'items', queueId, status] as const,
    queryFn: async ({ signal }) => {
      const path = `${base}/${encodeURIComponent(queueId)}/items`;
      const read = (page: number) =>
        sendRequest<Page<AnnotationQueueItem>>(path, {
          query: { status, page, limit: 100 },
          signal,
        });
      const first = await read(1);
      // The server lists the newest first; people take the oldest first.
      const last = first.meta.totalPages;
      const page = last > 1 ? await read(last) : first;
      return page.data.toReversed();
    },
  });
}

/** Score configs of the project that are not archived. */
export function configsQuery(project: string) {
  return queryOptions({
    queryKey: ['score-configs', project] as const,
    queryFn: ({ signal }) => readAll<ScoreConfig>('/api/public/score-configs', signal),
  });
}

/** What an item is about: the object itself and the scores it has; null when it is gone. */
export interface Subject {
  readonly type: QueueObjectType;
  readonly id: string;
  readonly traceId: string | null;
  readonly content: Trace | Observation | null;
  /** Traces of a session. */
  readonly turns: readonly Trace[];
  readonly scores: readonly Score[];
}

/** The subject of an item. */
export function subjectQuery(project: string, item: AnnotationQueueItem) {
  return queryOptions({
    queryKey: ['queues', project, 'subject', item.objectType, item.objectId] as const,
    queryFn: ({ signal }) => readSubject(item, signal),
  });
}

async function readSubject(
  { objectType: type, objectId: id }: AnnotationQueueItem,
  signal: AbortSignal,
): Promise<Subject | null> {
  try {
    if (type === 'SESSION') return await readSession(id, signal);
    const noun = type === 'TRACE' ? 'traces' : 'observations';
    const path = `/api/public/${noun}/${encodeURIComponent(id)}`;
    const content = await sendRequest<Trace | Observation>(path, { signal });
    const traceId = 'traceId' in content ? content.traceId : content.id;
    const query = type === 'TRACE' ? { traceId: id } : { observationId: id };
    return { type, id, traceId, content, turns: [], scores: await readScores(query, signal) };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

async function readSession(id: string, signal: AbortSignal): Promise<Subject> {
  const path = `/api/public/sessions/${encodeURIComponent(id)}`;
  const { traces } = await sendRequest<{ readonly traces: readonly Trace[] }>(path, { signal });
  const turns = traces.toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
  const scores = await readScores({ sessionId: id }, signal);
  return { type: 'SESSION', id, traceId: null, content: null, turns, scores };
}

function readScores(
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<readonly Score[]> {
  return readAll<Score>('/api/public/v2/scores', signal, query);
}

/** The writing calls; they reject with ApiError. */
export const queueCalls = {
  create: (body: {
    readonly name: string;
    readonly description?: string;
    readonly scoreConfigIds: readonly string[];
  }) => sendRequest<AnnotationQueue>(base, { method: 'POST', body }),
  addItem: (queueId: string, objectType: QueueObjectType, objectId: string) =>
    sendRequest<AnnotationQueueItem>(`${base}/${encodeURIComponent(queueId)}/items`, {
      method: 'POST',
      body: { objectType, objectId },
    }),
  setStatus: (item: AnnotationQueueItem, status: 'PENDING' | 'COMPLETED') =>
    sendRequest(toItemPath(item), { method: 'PATCH', body: { status } }),
  removeItem: (item: AnnotationQueueItem) => sendRequest(toItemPath(item), { method: 'DELETE' }),
  addScore: (body: Readonly<Record<string, unknown>>) =>
    sendRequest('/api/public/scores', { method: 'POST', body }),
} as const;

function toItemPath({ queueId, id }: AnnotationQueueItem): string {
  return `${base}/${encodeURIComponent(queueId)}/items/${encodeURIComponent(id)}`;
}

/** Everything about queues is read anew. */
export function refreshQueues(client: QueryClient, project: string): Promise<void> {
  return client.invalidateQueries({ queryKey: ['queues', project] });
}
