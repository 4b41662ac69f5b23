/** The room's command lines. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const githubCommands: readonly CommandEntry[] = [
  {
    words: 'gh issues list',
    summary: 'List the issues of a GitHub repository',
    groupDefault: 'gh issues',
    load: () => import('./issues/commands/list.ts'),
  },
  {
    words: 'gh issues get',
    summary: 'Show an issue of a GitHub repository',
    aliases: ['gh issues view'],
    load: () => import('./issues/commands/get.ts'),
  },
  {
    words: 'gh issues comment',
    summary: 'Comment on an issue of a GitHub repository',
    load: () => import('./issues/commands/comment.ts'),
  },
  {
    words: 'gh issues create',
    summary: 'Open an issue in a GitHub repository',
    load: () => import('./issues/commands/create.ts'),
  },
];
