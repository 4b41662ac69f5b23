/** `coaia queues assign`: who works on a queue. */
import { defineCommand } from '#surface';
import { toCount } from '../../datasets/text.ts';
import { findQueue } from '../find-queue.ts';
import { queuesApi } from '../ports.ts';

export const command = defineCommand({
  words: 'queues assign',
  summary: 'Put users to work on a queue',
  description: 'The ids are taken as given; saying it twice is the same.',
  needs: queuesApi,
  positionals: [
    { name: 'queue', summary: 'Name or id of the queue', required: true },
    { name: 'users', summary: 'Ids of users', required: true, variadic: true },
  ],
  options: {},
  examples: ['coaia queues assign review ada grace'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const queue = await findQueue(api, args.queue);
    const users = [...new Set(args.users)];
    for (const user of users) await api.addAssignment(queue.id, user);
    if (flags.json) out.json({ queueId: queue.id, assigned: users });
    else out.confirm(`Assigned ${toCount(users.length, 'user')} to ${queue.name}.`);
  },
});
