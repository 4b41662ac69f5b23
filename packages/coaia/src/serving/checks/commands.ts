/** Command lines of checks. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const checkCommands: readonly CommandEntry[] = [
  {
    words: 'ops check',
    summary: 'Check a project from its files to its predictions',
    load: () => import('./commands/check.ts'),
  },
];
