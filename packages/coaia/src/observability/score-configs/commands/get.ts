/** `coaia fuse score-configs get`: one score config by its id, from the server. */
import { defineCommand } from '#surface';
import { scoresApi } from '../../ports.ts';

export const command = defineCommand({
  words: 'fuse score-configs get',
  summary: 'Show one score config as JSON, by id',
  needs: scoresApi,
  positionals: [{ name: 'configId', summary: 'Id of the config', required: true }],
  options: {},
  examples: ['coaia fuse score-configs get 6f0c3c1e-8d2f-4c65-9a54-0d9b6a1c2e7f'],
  async run(context, { args }) {
    const api = await context.open();
    context.out.json(await api.getScoreConfig(args.configId));
  },
});
