/** The command lines about comments. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const commentCommands: readonly CommandEntry[] = [
  {
    words: 'fuse comments list',
    summary: 'List comments, newest first',
    aliases: ['comments list'],
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'fuse comments get',
    summary: 'Show one comment as JSON',
    aliases: ['comments get'],
    load: () => import('./commands/get.ts'),
  },
  {
    words: 'fuse comments post',
    summary: 'Comment on a trace, observation, session or prompt version',
    aliases: ['fuse comments create', 'comments post', 'comments create'],
    load: () => import('./commands/post.ts'),
  },
  {
    words: 'fuse comments add',
    summary: 'Comment on a trace: its id, then the text',
    aliases: ['comments add'],
    load: () => import('./commands/add.ts'),
  },
];
