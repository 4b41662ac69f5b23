/** `coaia pipeline remote list`. */
import { findHome } from '#config';
import { defineCommand, listOptions } from '#surface';
import { listRemotes, type Remote } from '../remotes.ts';

export const command = defineCommand({
  words: 'pipeline remote list',
  summary: 'List the remotes',
  positionals: [],
  options: { ...listOptions },
  examples: ['coaia pipeline remote list'],
  async run(context, { options }) {
    const columns = [
      { header: 'Name', value: ({ name }: Remote) => name },
      { header: 'Kind', value: ({ kind }: Remote) => kind },
      { header: 'Address', value: ({ address }: Remote) => address },
    ];
    context.out.list({ things: 'remotes', rows: listRemotes(findHome(context)), columns }, options);
  },
});
