/** `coaia pipeline runs retry`: goes on with a run that failed. */
import { defineCommand } from '#surface';
import { pipelineRunsApi } from '../ports.ts';
import { followOptions, runUntilEnd } from '../run-until-end.ts';

export const command = defineCommand({
  words: 'pipeline runs retry',
  summary: 'Go on with a failed or cancelled run at its first step that is not finished',
  description: 'Finished steps are not done again. Waits for the end unless --detach is given.',
  needs: pipelineRunsApi,
  endsItself: true,
  positionals: [{ name: 'run', summary: 'Id of the run', required: true }],
  options: followOptions,
  examples: ['coaia pipeline runs retry 0b7e2c1a-4a43-4a5c-9d5e-2f3b8a7c6d5e'],
  async run(context, { options, args }) {
    const api = await context.open();
    return runUntilEnd(context, options, () => api.retryPipelineRun(args.run));
  },
});
