/** The command lines about templates. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const templateCommands: readonly CommandEntry[] = [
  {
    words: 'pipeline create',
    summary: 'Record a trace after a template',
    load: () => import('../create/commands/create.ts'),
  },
];
