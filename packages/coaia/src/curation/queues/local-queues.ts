/** The calls about annotation queues over the embedded store, with the same checks as over HTTP. */
import type { Scope } from '#base';
import { openLocalScores, parseRequest } from '#observability';
import type { QueuesApi } from '@coaia/client';
import type { CurationPorts } from '../ports.ts';
import {
  createQueueItem,
  deleteQueueItem,
  getQueueItem,
  listQueueItems,
  updateQueueItem,
} from './queue-items.ts';
import {
  addAssignment,
  createQueue,
  listAssignments,
  listQueues,
  removeAssignment,
} from './queues.ts';
import { assignmentBody, itemBody, itemListQuery, pageQuery, queueBody } from './schema.ts';

/** Opens the calls over one store and project. */
export function createLocalQueues(ports: CurationPorts, scope: Scope): QueuesApi {
  return {
    listQueues: async (query) => listQueues(ports, scope, parseRequest(pageQuery, query)),
    createQueue: async (input) => createQueue(ports, scope, parseRequest(queueBody, input)),
    listQueueItems: async (queueId, query) =>
      listQueueItems(ports, scope, queueId, parseRequest(itemListQuery, query)),
    getQueueItem: (queueId, itemId) => getQueueItem(ports, scope, queueId, itemId),
    createQueueItem: async (queueId, input) =>
      createQueueItem(ports, scope, queueId, parseRequest(itemBody, input)),
    updateQueueItem: (queueId, itemId, { status }) =>
      updateQueueItem(ports, scope, { queueId, itemId }, status),
    deleteQueueItem: (queueId, itemId) => deleteQueueItem(ports, scope, queueId, itemId),
    listAssignments: (queueId) => listAssignments(ports, scope, queueId),
    addAssignment: async (queueId, userId) =>
      addAssignment(ports, scope, queueId, parseRequest(assignmentBody, { userId }).userId),
    removeAssignment: (queueId, userId) => removeAssignment(ports, scope, queueId, userId),
    listScoreConfigs: async (query) => {
      const scores = await openLocalScores({ db: ports.db, clock: ports.clock }, scope);
      return scores.listScoreConfigs(query);
    },
  };
}
