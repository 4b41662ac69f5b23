/** `coaia pipeline runs show`: one run with its steps. */
import { defineCommand } from '#surface';
import { pipelineRunsApi } from '../ports.ts';
import { printRun } from '../print-run.ts';

export const command = defineCommand({
  words: 'pipeline runs show',
  summary: 'Show a run: its steps, its error, what it waits for',
  needs: pipelineRunsApi,
  positionals: [{ name: 'run', summary: 'Id of the run', required: true }],
  options: {},
  examples: ['coaia pipeline runs show 0b7e2c1a-4a43-4a5c-9d5e-2f3b8a7c6d5e'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const run = await api.getPipelineRun(args.run);
    if (flags.json) out.json(run);
    else printRun(out, run);
  },
});
