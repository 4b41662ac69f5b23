/** Annotation queues in the suites that walk every operation. */
import type { ApiServer } from './api-server.ts';
import type { NounCases } from './operation-cases.ts';
import { PAGE } from './shapes.ts';

const QUEUE = {
  id: 'string',
  name: 'string',
  description: 'string?',
  scoreConfigIds: 'strings',
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const ITEM = {
  id: 'string',
  queueId: 'string',
  objectId: 'string',
  objectType: 'string',
  status: 'string',
  completedAt: 'time?',
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const NEW_ITEM = { objectType: 'TRACE', objectId: 'trace-a' };

/** What the cases need before they can say where they lie; filled by `prepare`, read by later calls. */
const made = { configId: '', queueId: '', doomedId: '' };

const send = (server: ApiServer, path: string, body: unknown) =>
  server.send('POST', path, { body: JSON.stringify(body) });

let count = 0;

export const QUEUE_CASES: NounCases = {
  cases: {
    annotationQueues_listQueues: { answer: { data: [QUEUE], meta: PAGE } },
    annotationQueues_createQueue: {
      answer: QUEUE,
      get body() {
        count += 1;
        return { name: `made by case ${count}`, scoreConfigIds: [made.configId] };
      },
    },
    annotationQueues_getQueue: { answer: QUEUE },
    annotationQueues_listQueueItems: { answer: { data: [ITEM], meta: PAGE } },
    annotationQueues_createQueueItem: { answer: ITEM, body: NEW_ITEM },
    annotationQueues_getQueueItem: { answer: ITEM },
    annotationQueues_updateQueueItem: { answer: ITEM, body: { status: 'COMPLETED' } },
    annotationQueues_deleteQueueItem: {
      answer: { success: 'boolean', message: 'string' },
      get ids() {
        return { queueId: made.queueId, itemId: made.doomedId };
      },
      async before(server) {
        const { body } = await send(server, `/annotation-queues/${made.queueId}/items`, NEW_ITEM);
        made.doomedId = body.id;
      },
    },
    annotationQueues_createQueueAssignment: {
      answer: { userId: 'string', queueId: 'string', projectId: 'string' },
      body: { userId: 'ada' },
    },
    annotationQueues_deleteQueueAssignment: {
      answer: { success: 'boolean' },
      get ids() {
        return { queueId: made.queueId };
      },
      body: { userId: 'nobody' },
    },
  },
  async prepare(server) {
    const config = { name: 'for a queue', dataType: 'BOOLEAN' };
    made.configId = (await send(server, '/score-configs', config)).body.id;
    const queue = { name: 'case', scoreConfigIds: [made.configId] };
    made.queueId = (await send(server, '/annotation-queues', queue)).body.id;
    const items = `/annotation-queues/${made.queueId}/items`;
    const item = await send(server, items, NEW_ITEM);
    return { queueId: made.queueId, itemId: item.body.id };
  },
};
