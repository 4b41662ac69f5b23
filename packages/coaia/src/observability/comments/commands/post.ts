/** `coaia fuse comments post`: comments on one object. */
import { defineCommand } from '#surface';
import { commentsApi } from '../../ports.ts';
import { findCommentTarget, parseObjectType, targetOptions } from '../comment-target.ts';
import { sendComment } from '../send-comment.ts';

export const command = defineCommand({
  words: 'fuse comments post',
  summary: 'Comment on a trace, observation, session or prompt version',
  description:
    'The object is named by an option, or by type and id behind the text; otherwise it is the trace in COAIA_TRACE_ID. Without a text, or with -, the text comes from stdin.',
  needs: commentsApi,
  positionals: [
    { name: 'text', summary: 'The comment, markdown' },
    { name: 'type', summary: 'trace, observation, session or prompt' },
    { name: 'id', summary: 'Id of the object' },
  ],
  options: {
    ...targetOptions,
    content: { type: 'string', placeholder: 'TEXT', summary: 'The same as the first argument' },
  },
  examples: [
    'coaia fuse comments post "Answer is wrong" --trace-id t1',
    'coaia fuse comments create "Good talk" session chat-7',
  ],
  async run(context, { options, args }) {
    const { type, id } = args;
    const text = options.content ?? args.text;
    const positional =
      type === undefined || id === undefined
        ? undefined
        : { objectType: parseObjectType(type), objectId: id };
    const half = type !== undefined && id === undefined;
    const target = findCommentTarget(
      half ? { ...options, 'object-type': parseObjectType(type) } : options,
      positional,
      context.env['COAIA_TRACE_ID'],
    );
    await sendComment(context, { text, target, author: options.author });
  },
});
