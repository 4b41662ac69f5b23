/** `coaia queues remove`: items leave their queue; what they are about stays. */
import { defineCommand } from '#surface';
import { queuesApi } from '../ports.ts';
import { changeItems, itemOptions } from './change-items.ts';

export const command = defineCommand({
  words: 'queues remove',
  summary: 'Take items out of their queue',
  description: 'The trace, observation or session stays, and so do its scores.',
  needs: queuesApi,
  positionals: [{ name: 'items', summary: 'Ids of items', required: true, variadic: true }],
  options: itemOptions,
  examples: ['coaia queues remove 0b7a2a1e-6f1d-4c5e-9f1e-2f4f0a3c9d11 --queue review'],
  async run(context, { options, args }) {
    return changeItems(context, {
      ids: args.items,
      queue: options.queue,
      done: 'Removed',
      async apply(api, item) {
        await api.deleteQueueItem(item.queueId, item.id);
        return item;
      },
    });
  },
});
