/** `coaia fuse datasets delete`: removes a dataset, or one of its runs. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { datasetsApi } from '../ports.ts';

export const command = defineCommand({
  words: 'fuse datasets delete',
  summary: 'Delete a dataset with its items and runs, or one run',
  description: 'Traces stay. Langfuse servers can delete runs but not datasets.',
  needs: datasetsApi,
  positionals: [{ name: 'name', summary: 'Name of the dataset', required: true }],
  options: { run: { type: 'string', placeholder: 'NAME', summary: 'Only this run' } },
  examples: ['coaia fuse datasets delete qa --yes', 'coaia datasets delete qa --run "run 1" --yes'],
  async run({ open, out, flags, confirm }, { options, args }) {
    const { run } = options;
    const what = run === undefined ? `dataset ${args.name}` : `run ${run} of ${args.name}`;
    if (!(await confirm(`Delete the ${what} with everything in it?`))) return EXIT.failed;
    const api = await open();
    await (run === undefined ? api.deleteDataset(args.name) : api.deleteDatasetRun(args.name, run));
    if (flags.json) out.json({ deleted: args.name, ...(run === undefined ? {} : { run }) });
    else out.confirm(`Deleted the ${what}.`);
    return EXIT.done;
  },
});
