/** The command lines about projects and the connection to them. */
import type { CommandEntry } from '#surface';

export const projectCommands: readonly CommandEntry[] = [
  {
    words: 'fuse projects list',
    summary: 'List the projects that the keys open',
    aliases: ['projects list', 'projects'],
    groupDefault: 'fuse projects',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'fuse projects current',
    summary: 'Show the project that commands work on',
    aliases: ['projects current'],
    load: () => import('./commands/current.ts'),
  },
  {
    words: 'fuse test-connection',
    summary: 'Check address and keys, and name the project they open',
    load: () => import('./commands/test-connection.ts'),
  },
];
