/** `coaia queues complete`: items that somebody has looked at. */
import { defineCommand } from '#surface';
import { queuesApi } from '../ports.ts';
import { changeItems, itemOptions } from './change-items.ts';

export const command = defineCommand({
  words: 'queues complete',
  summary: 'Mark items as completed, or as pending again',
  needs: queuesApi,
  positionals: [{ name: 'items', summary: 'Ids of items', required: true, variadic: true }],
  options: {
    ...itemOptions,
    undo: { type: 'boolean', summary: 'They wait again' },
  },
  examples: [
    'coaia queues complete 0b7a2a1e-6f1d-4c5e-9f1e-2f4f0a3c9d11',
    'coaia queues complete 0b7a2a1e-6f1d-4c5e-9f1e-2f4f0a3c9d11 --undo',
  ],
  async run(context, { options, args }) {
    const status = options.undo === true ? 'PENDING' : 'COMPLETED';
    return changeItems(context, {
      ids: args.items,
      queue: options.queue,
      done: status === 'PENDING' ? 'Reopened' : 'Completed',
      apply: (api, item) => api.updateQueueItem(item.queueId, item.id, { status }),
    });
  },
});
