/** `coaia pipeline runs cancel`: ends a run. */
import { defineCommand } from '#surface';
import { pipelineRunsApi } from '../ports.ts';

export const command = defineCommand({
  words: 'pipeline runs cancel',
  summary: 'End a run that has not ended',
  description: 'Steps at work are told to stop; what is finished stays. retry goes on with it.',
  needs: pipelineRunsApi,
  positionals: [{ name: 'run', summary: 'Id of the run', required: true }],
  options: {},
  examples: ['coaia pipeline runs cancel 0b7e2c1a-4a43-4a5c-9d5e-2f3b8a7c6d5e'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const run = await api.cancelPipelineRun(args.run);
    if (flags.json) out.json(run);
    else out.confirm(`Cancelled run ${run.id} of ${run.pipeline.name}.`);
  },
});
