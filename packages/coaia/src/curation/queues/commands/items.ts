/** `coaia queues items`: what lies in a queue, newest first. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { AnnotationQueueItem, QueueItemStatus } from '@coaia/client';
import { pageOptions, readPage } from '../../datasets/read-pages.ts';
import { findQueue } from '../find-queue.ts';
import { queuesApi } from '../ports.ts';
import { ITEM_STATUSES } from '../queue.ts';

export const command = defineCommand({
  words: 'queues items',
  summary: 'List the items of a queue',
  needs: queuesApi,
  positionals: [{ name: 'queue', summary: 'Name or id of the queue', required: true }],
  options: {
    status: { type: 'string', choices: ITEM_STATUSES, summary: 'Only items of this status' },
    ...pageOptions,
    ...listOptions,
  },
  examples: ['coaia queues items review', 'coaia queues items review --status pending --json'],
  async run({ open, out }, { options, args }) {
    const api = await open();
    const { id } = await findQueue(api, args.queue);
    const { status } = options;
    const bounds = status === undefined ? {} : { status: status as QueueItemStatus };
    const page = await readPage(
      (query) => api.listQueueItems(id, { ...query, ...bounds }),
      options,
    );
    out.list({ things: 'items', rows: page.data, columns: COLUMNS, page }, options);
  },
});

const COLUMNS: readonly Column<AnnotationQueueItem>[] = [
  { header: 'ID', value: ({ id }) => id },
  { header: 'Status', value: ({ status }) => status },
  { header: 'Type', value: ({ objectType }) => objectType },
  { header: 'Object ID', value: ({ objectId }) => objectId },
  { header: 'Added', value: ({ createdAt }) => createdAt.slice(0, 16), drop: 1 },
  { header: 'Completed', value: ({ completedAt }) => completedAt?.slice(0, 16) ?? '', drop: 2 },
];
