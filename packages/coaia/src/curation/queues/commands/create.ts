/** `coaia queues create`: a queue with the score configs to be filled in. */
import { defineCommand } from '#surface';
import { findConfigIds } from '../find-queue.ts';
import { queuesApi } from '../ports.ts';

export const command = defineCommand({
  words: 'queues create',
  summary: 'Make an annotation queue',
  description: 'Names are unique in a project. The score configs are what people fill in.',
  needs: queuesApi,
  positionals: [{ name: 'name', summary: 'Name of the queue', required: true }],
  options: {
    config: {
      type: 'list',
      aliases: ['score-config'],
      placeholder: 'NAME',
      summary: 'Score configs by name or id, at least one',
      required: true,
    },
    description: { type: 'string', placeholder: 'TEXT', summary: 'What people should do' },
  },
  examples: ['coaia queues create review --config Helpfulness Accuracy'],
  async run({ open, out, flags }, { options, args }) {
    const api = await open();
    const { description } = options;
    const queue = await api.createQueue({
      name: args.name,
      scoreConfigIds: await findConfigIds(api, options.config),
      ...(description === undefined ? {} : { description }),
    });
    if (flags.json) out.json(queue);
    else out.confirm(`Made the queue ${queue.name} (${queue.id}).`);
  },
});
