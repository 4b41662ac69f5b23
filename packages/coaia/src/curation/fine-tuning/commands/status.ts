/** `coaia fuse finetune status`. */
import { defineCommand } from '#surface';
import { printJob, toExit, waitForJob } from '../show-job.ts';
import { fineTuningApi } from '../ports.ts';

export const command = defineCommand({
  words: 'fuse finetune status',
  summary: 'Show a job, as its service says it is now',
  needs: fineTuningApi,
  positionals: [{ name: 'job', summary: 'Id of the job', required: true }],
  options: {
    follow: { type: 'boolean', short: 'f', summary: 'Wait until it has ended' },
    events: { type: 'number', placeholder: 'N', summary: 'Also its last N events, on stderr' },
  },
  examples: ['coaia fuse finetune status JOB', 'coaia fuse finetune status JOB --follow'],
  async run(context, { options, args }) {
    const api = await context.open();
    const found = await api.getFineTuningJob(args.job);
    const job = options.follow === true ? await waitForJob(context, api, found) : found;
    if (options.events !== undefined) {
      const { data } = await api.listFineTuningEvents(job.id, { limit: options.events });
      for (const event of data.toReversed())
        context.out.notice(`${event.createdAt} ${event.message}`);
    }
    printJob(context, job);
    return toExit(job);
  },
});
