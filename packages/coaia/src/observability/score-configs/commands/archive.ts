/** `coaia fuse score-configs archive`. */
import { defineCommand } from '#surface';
import { scoresApi } from '../../ports.ts';
import { changeConfig } from '../change-config.ts';

export const command = defineCommand({
  words: 'fuse score-configs archive',
  summary: 'Archive a score config, so that new scores cannot use it',
  needs: scoresApi,
  positionals: [{ name: 'nameOrId', summary: 'Name or id', required: true }],
  options: {},
  examples: ['coaia fuse score-configs archive Quality'],
  async run(context, { args }) {
    const config = await changeConfig(context, args.nameOrId, { isArchived: true });
    if (context.flags.json) context.out.json(config);
    else context.out.confirm(`Archived ${config.name}.`);
  },
});
