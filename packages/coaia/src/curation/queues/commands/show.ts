/** `coaia queues show`: what a queue asks for, how far it is, and who works on it. */
import { isCoaiaError } from '#base';
import { defineCommand } from '#surface';
import type { QueuesApi } from '@coaia/client';
import { readAll } from '../../datasets/read-pages.ts';
import { findQueue } from '../find-queue.ts';
import { queuesApi } from '../ports.ts';
import { readProgress } from '../progress.ts';

export const command = defineCommand({
  words: 'queues show',
  summary: 'Show one queue: score configs, progress, people',
  description: 'Servers of Langfuse do not tell who works on a queue; people are left out there.',
  needs: queuesApi,
  positionals: [{ name: 'queue', summary: 'Name or id', required: true }],
  options: {},
  examples: ['coaia queues show review', 'coaia queues show review --json'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const queue = await readProgress(api, await findQueue(api, args.queue));
    const [scoreConfigs, users] = await Promise.all([
      readConfigNames(api, queue.scoreConfigIds),
      readUsers(api, queue.id),
    ]);
    if (flags.json) {
      out.json({ ...queue, scoreConfigs, ...(users === undefined ? {} : { users }) });
      return;
    }
    out.line(out.style('bold', queue.name));
    if (queue.description !== null) out.line(queue.description);
    out.line(`id       ${queue.id}`);
    out.line(`items    ${queue.pending} pending of ${queue.total}`);
    out.line(`configs  ${scoreConfigs.map(({ name }) => name).join(', ')}`);
    if (users !== undefined) out.line(`people   ${users.length === 0 ? 'none' : users.join(', ')}`);
  },
});

async function readConfigNames(api: QueuesApi, ids: readonly string[]) {
  const configs = await readAll((query) => api.listScoreConfigs(query));
  const names = new Map(configs.map(({ id, name }) => [id, name]));
  return ids.map((id) => ({ id, name: names.get(id) ?? id }));
}

async function readUsers(api: QueuesApi, queueId: string): Promise<readonly string[] | undefined> {
  try {
    return (await api.listAssignments(queueId)).data.map(({ userId }) => userId);
  } catch (error) {
    if (isCoaiaError(error) && error.code === 'COAIA-0003') return undefined;
    throw error;
  }
}
