/** `coaia fuse finetune cancel`. */
import { defineCommand } from '#surface';
import { printJob } from '../show-job.ts';
import { fineTuningApi } from '../ports.ts';

export const command = defineCommand({
  words: 'fuse finetune cancel',
  summary: 'End a job that is at work',
  needs: fineTuningApi,
  positionals: [{ name: 'job', summary: 'Id of the job', required: true }],
  options: {},
  examples: ['coaia fuse finetune cancel JOB --yes'],
  async run(context, { args }) {
    const api = await context.open();
    if (!(await context.confirm(`End the job ${args.job}? What it has trained is lost.`))) return;
    printJob(context, await api.cancelFineTuningJob(args.job));
  },
});
