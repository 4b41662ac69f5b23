/** `coaia queues add`: things that people should look at. */
import { defineCommand } from '#surface';
import type { AnnotationQueueItem, QueueItemInput, QueuesApi } from '@coaia/client';
import { toCount } from '../../datasets/text.ts';
import { queueFailures } from '../errors.ts';
import { findQueue } from '../find-queue.ts';
import { queuesApi } from '../ports.ts';

export const command = defineCommand({
  words: 'queues add',
  summary: 'Put traces, observations or sessions into a queue',
  description:
    'They must exist. It stops at the first that cannot be added and says how many were.',
  needs: queuesApi,
  positionals: [{ name: 'queue', summary: 'Name or id of the queue', required: true }],
  options: {
    'trace-id': { type: 'list', placeholder: 'ID', summary: 'These traces' },
    'observation-id': { type: 'list', placeholder: 'ID', summary: 'These observations' },
    'session-id': { type: 'list', placeholder: 'ID', summary: 'These sessions' },
  },
  examples: [
    'coaia queues add review --trace-id t1 t2',
    'coaia queues add review --session-id chat-7',
  ],
  async run({ open, out, flags }, { options, args }) {
    const inputs = [
      ...toInputs('TRACE', options['trace-id']),
      ...toInputs('OBSERVATION', options['observation-id']),
      ...toInputs('SESSION', options['session-id']),
    ];
    if (inputs.length === 0)
      throw queueFailures.create('COAIA-2202', 'Nothing says what to add to the queue.', {
        hint: 'coaia queues add QUEUE --trace-id ID',
      });
    const api = await open();
    const queue = await findQueue(api, args.queue);
    const items = await addAll(api, queue.id, inputs, (text) => out.notice(text));
    if (flags.json) out.json(items);
    else out.confirm(`Added ${toCount(items.length, 'item')} to ${queue.name}.`);
  },
});

function toInputs(
  objectType: QueueItemInput['objectType'],
  ids: readonly string[] | undefined,
): readonly QueueItemInput[] {
  return [...new Set(ids)].map((objectId) => ({ objectType, objectId }));
}

async function addAll(
  api: QueuesApi,
  queueId: string,
  inputs: readonly QueueItemInput[],
  notice: (text: string) => void,
): Promise<readonly AnnotationQueueItem[]> {
  const items: AnnotationQueueItem[] = [];
  try {
    for (const input of inputs) items.push(await api.createQueueItem(queueId, input));
  } catch (error) {
    if (items.length > 0)
      notice(`${items.length} of ${inputs.length} were added before it failed.`);
    throw error;
  }
  return items;
}
