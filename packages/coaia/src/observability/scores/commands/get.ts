/** `coaia fuse scores get`: one score. */
import { defineCommand } from '#surface';
import { scoresApi } from '../../ports.ts';

export const command = defineCommand({
  words: 'fuse scores get',
  summary: 'Show one score as JSON',
  needs: scoresApi,
  positionals: [{ name: 'scoreId', summary: 'Id of the score', required: true }],
  options: {},
  examples: ['coaia fuse scores get my-score'],
  async run(context, { args }) {
    const api = await context.open();
    context.out.json(await api.getScore(args.scoreId));
  },
});
