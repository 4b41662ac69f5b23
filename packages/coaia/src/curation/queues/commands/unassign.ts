/** `coaia queues unassign`: users who no longer work on a queue. */
import { defineCommand } from '#surface';
import { toCount } from '../../datasets/text.ts';
import { findQueue } from '../find-queue.ts';
import { queuesApi } from '../ports.ts';

export const command = defineCommand({
  words: 'queues unassign',
  summary: 'Take users off a queue',
  description: 'One who does not work on it is no failure.',
  needs: queuesApi,
  positionals: [
    { name: 'queue', summary: 'Name or id of the queue', required: true },
    { name: 'users', summary: 'Ids of users', required: true, variadic: true },
  ],
  options: {},
  examples: ['coaia queues unassign review ada'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const queue = await findQueue(api, args.queue);
    const users = [...new Set(args.users)];
    for (const user of users) await api.removeAssignment(queue.id, user);
    if (flags.json) out.json({ queueId: queue.id, unassigned: users });
    else out.confirm(`Took ${toCount(users.length, 'user')} off ${queue.name}.`);
  },
});
