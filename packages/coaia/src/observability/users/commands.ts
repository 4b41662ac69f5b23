/** The command lines about users that traces name. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const userCommands: readonly CommandEntry[] = [
  {
    words: 'fuse users list',
    summary: 'List the users that traces name, the last seen first',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'fuse users erase',
    summary: 'Delete everything that one user left',
    load: () => import('./commands/erase.ts'),
  },
];
