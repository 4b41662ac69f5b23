/** `coaia fuse comments get`: one comment. */
import { defineCommand } from '#surface';
import { commentsApi } from '../../ports.ts';

export const command = defineCommand({
  words: 'fuse comments get',
  summary: 'Show one comment as JSON',
  needs: commentsApi,
  positionals: [{ name: 'commentId', summary: 'Id of the comment', required: true }],
  options: {},
  examples: ['coaia fuse comments get 0b7a2a1e-6f1d-4c5e-9f1e-2f4f0a3c9d11'],
  async run({ open, out }, { args }) {
    out.json(await (await open()).getComment(args.commentId));
  },
});
