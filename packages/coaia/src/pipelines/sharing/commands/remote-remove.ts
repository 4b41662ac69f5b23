/** `coaia pipeline remote remove`. */
import { findHome } from '#config';
import { defineCommand } from '#surface';
import { removeRemote } from '../remotes.ts';

export const command = defineCommand({
  words: 'pipeline remote remove',
  summary: 'Forget a remote; what was installed from it stays',
  positionals: [{ name: 'name', summary: 'Name', required: true }],
  options: {},
  examples: ['coaia pipeline remote add mirror ./mirror; coaia pipeline remote remove mirror'],
  async run(context, { args }) {
    const remote = removeRemote(findHome(context), args.name);
    if (context.flags.json) context.out.json(remote);
    else context.out.confirm(`Forgot ${remote.name}.`);
  },
});
