/** Queues, items and score configs as people name them. */
import { isCoaiaError, notFound } from '#base';
import { matchConfig } from '#observability';
import type { AnnotationQueue, AnnotationQueueItem, QueuesApi } from '@coaia/client';
import { readAll } from '../datasets/read-pages.ts';
import { queueFailures } from './errors.ts';

const LIST = 'coaia queues list';

/** The queue with this id, else the one of this name. Fails with COAIA-0003. */
export async function findQueue(
  api: Pick<QueuesApi, 'listQueues'>,
  wanted: string,
): Promise<AnnotationQueue> {
  const queues = await readAll((query) => api.listQueues(query));
  const found = queues.find(({ id }) => id === wanted) ?? queues.find((q) => q.name === wanted);
  if (found === undefined) throw notFound('Annotation queue', wanted, LIST);
  return found;
}

/** An item by its id, in the queue given or in whichever has it. Fails with COAIA-0003. */
export async function findQueueItem(
  api: QueuesApi,
  itemId: string,
  queue: string | undefined,
): Promise<AnnotationQueueItem> {
  const queues =
    queue === undefined
      ? await readAll((query) => api.listQueues(query))
      : [await findQueue(api, queue)];
  for (const { id } of queues) {
    const item = await readItem(api, id, itemId);
    if (item !== undefined) return item;
  }
  throw notFound('Annotation queue item', itemId, 'coaia queues items QUEUE');
}

async function readItem(
  api: QueuesApi,
  queueId: string,
  itemId: string,
): Promise<AnnotationQueueItem | undefined> {
  try {
    return await api.getQueueItem(queueId, itemId);
  } catch (error) {
    if (isCoaiaError(error) && error.code === 'COAIA-0003') return undefined;
    throw error;
  }
}

/** Ids of score configs by id or name, each once. Fails with COAIA-0003 and COAIA-2203. */
export async function findConfigIds(
  api: Pick<QueuesApi, 'listScoreConfigs'>,
  names: readonly string[],
): Promise<readonly string[]> {
  const configs = await readAll((query) => api.listScoreConfigs(query));
  const ids = names.map((name) => {
    const config = matchConfig(configs, name);
    if (config === undefined) throw notFound('Score config', name, 'coaia fuse score-configs list');
    if (config.isArchived)
      throw queueFailures.create('COAIA-2203', `The score config "${config.name}" is archived.`, {
        hint: `coaia fuse score-configs restore ${config.id}`,
      });
    return config.id;
  });
  return [...new Set(ids)];
}
