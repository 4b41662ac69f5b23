/** `coaia fuse score-configs restore`. */
import { defineCommand } from '#surface';
import { scoresApi } from '../../ports.ts';
import { changeConfig } from '../change-config.ts';

export const command = defineCommand({
  words: 'fuse score-configs restore',
  summary: 'Bring an archived score config back',
  needs: scoresApi,
  positionals: [{ name: 'nameOrId', summary: 'Name or id', required: true }],
  options: {},
  examples: ['coaia fuse score-configs restore Quality'],
  async run(context, { args }) {
    const config = await changeConfig(context, args.nameOrId, { isArchived: false });
    if (context.flags.json) context.out.json(config);
    else context.out.confirm(`Restored ${config.name}.`);
  },
});
