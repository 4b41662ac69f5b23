/** Sending a comment that was typed. */
import { notFound } from '#base';
import type { CommandContext } from '#surface';
import type { CommentsApi } from '@coaia/client';
import { MAX_COMMENT } from './comment.ts';
import type { CommentTarget } from './comment-target.ts';
import { commentFailures } from './errors.ts';

export interface TypedComment {
  /** Undefined or `-`: stdin. */
  readonly text: string | undefined;
  readonly target: CommentTarget;
  readonly author: string | undefined;
}

/** Sends it and prints the answer. Throws COAIA-1102 for a text that no comment can have. */
export async function sendComment(
  context: CommandContext<CommentsApi>,
  { text, target, author }: TypedComment,
): Promise<void> {
  const content = await readContent(context, text);
  const api = await context.open();
  const { data } = await api.listProjects();
  const [project] = data;
  if (project === undefined) throw notFound('Project', 'of these keys');
  const answer = await api.createComment({
    projectId: project.id,
    content,
    ...target,
    ...(author === undefined ? {} : { authorUserId: author }),
  });
  context.out.json(answer);
}

async function readContent(
  context: CommandContext<CommentsApi>,
  text: string | undefined,
): Promise<string> {
  const isStdin = text === '-' || (text === undefined && !context.stdinIsTerminal);
  const content = isStdin ? (await context.stdin()).toString('utf8').trim() : (text ?? '').trim();
  if (content !== '' && content.length <= MAX_COMMENT) return content;
  const message =
    content === ''
      ? 'The comment has no text.'
      : `The comment has ${content.length} characters; ${MAX_COMMENT} are allowed.`;
  throw commentFailures.create('COAIA-1102', message, {
    hint: 'coaia fuse comments post "text" --trace-id ID',
  });
}
