/** `coaia fuse comments add`: the same as post, with the trace before the text. */
import { defineCommand } from '#surface';
import { commentsApi } from '../../ports.ts';
import { findCommentTarget, targetOptions } from '../comment-target.ts';
import { sendComment } from '../send-comment.ts';

export const command = defineCommand({
  words: 'fuse comments add',
  summary: 'Comment on a trace: its id, then the text',
  description: 'With one argument that is the text, and the options name the object.',
  needs: commentsApi,
  positionals: [
    { name: 'traceId', summary: 'Id of the trace, or the text when it is the only argument' },
    { name: 'text', summary: 'The comment, markdown' },
  ],
  options: targetOptions,
  examples: [
    'coaia fuse comments add t1 "Answer is wrong"',
    'coaia fuse comments add "Slow" --observation-id o1',
  ],
  async run(context, { options, args }) {
    const hasBoth = args.traceId !== undefined && args.text !== undefined;
    const positional = hasBoth
      ? ({ objectType: 'TRACE', objectId: args.traceId } as const)
      : undefined;
    const target = findCommentTarget(options, positional, context.env['COAIA_TRACE_ID']);
    const text = hasBoth ? args.text : args.traceId;
    await sendComment(context, { text, target, author: options.author });
  },
});
