/** `coaia pipeline remote add`: a place to install from and publish to. */
import { findHome } from '#config';
import { defineCommand } from '#surface';
import { addRemote } from '../remotes.ts';

export const command = defineCommand({
  words: 'pipeline remote add',
  summary: 'Give a Coaia server, or a folder with packs, a name',
  description:
    'A server is asked with the keys of the settings when it is the one they name, else with COAIA_REMOTE_PUBLIC_KEY and COAIA_REMOTE_SECRET_KEY.',
  positionals: [
    { name: 'name', summary: 'Name', required: true },
    { name: 'address', summary: 'Address of the server, or path of the folder', required: true },
  ],
  options: {},
  examples: ['coaia pipeline remote add mirror ./mirror'],
  async run(context, { args }) {
    const remote = addRemote(findHome(context), context.cwd, args.name, args.address);
    if (context.flags.json) context.out.json(remote);
    else context.out.confirm(`${remote.name} is the ${remote.kind} ${remote.address}.`);
  },
});
