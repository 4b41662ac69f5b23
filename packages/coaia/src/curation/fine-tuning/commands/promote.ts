/** `coaia fuse finetune promote`: commands that ask a model ask the trained one from now on. */
import { findHome, homePaths, toEditPath, writeSetting } from '#config';
import { defineCommand } from '#surface';
import { fineTuningFailures } from '../errors.ts';
import { fineTuningApi } from '../ports.ts';

export const command = defineCommand({
  words: 'fuse finetune promote',
  summary: 'Use the trained model from now on',
  description:
    'Writes the name of the trained model as `model` into your config.json, or into ./coaia.json with --project. The connection that trained it lists the model already.',
  needs: fineTuningApi,
  positionals: [{ name: 'job', summary: 'Id of the job', required: true }],
  options: {
    project: { type: 'boolean', summary: 'Only in this folder: ./coaia.json' },
  },
  examples: ['coaia fuse finetune promote JOB', 'coaia fuse finetune promote JOB --project'],
  async run(context, { options, args }) {
    const { out, env, cwd, flags } = context;
    const job = await (await context.open()).getFineTuningJob(args.job);
    if (job.resultModel === null || job.state !== 'succeeded')
      throw fineTuningFailures.create(
        'COAIA-2306',
        `The job ${job.id} has no model: ${job.state}.`,
        {
          hint: `coaia fuse finetune status ${job.id}`,
        },
      );
    const where = {
      place: options.project === true ? 'project' : 'home',
      profile: flags.profile,
      cwd,
      paths: homePaths(findHome({ env, cwd })),
    } as const;
    writeSetting('model', job.resultModel, where);
    const path = toEditPath(where);
    if (flags.json) out.json({ model: job.resultModel, path });
    else out.confirm(`model = ${job.resultModel}   (${path})`);
  },
});
