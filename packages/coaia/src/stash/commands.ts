/** The room's command lines. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const stashCommands: readonly CommandEntry[] = [
  {
    words: 'tash',
    summary: 'Keep a value under a key',
    aliases: ['m', 'stash set'],
    load: () => import('./commands/tash.ts'),
  },
  {
    words: 'fetch',
    summary: 'Read what is kept under a key',
    aliases: ['stash get'],
    load: () => import('./commands/fetch.ts'),
  },
  {
    words: 'stash list',
    summary: 'List the keys that something is kept under',
    aliases: ['stash keys'],
    groupDefault: 'stash list',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'del',
    summary: 'Forget what is kept under keys',
    aliases: ['stash delete'],
    load: () => import('./commands/delete.ts'),
  },
];
