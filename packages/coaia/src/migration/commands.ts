/** The room's command lines. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const migrationCommands: readonly CommandEntry[] = [
  {
    words: 'migrate langfuse',
    summary: 'Copy a project of a Langfuse or Coaia server into this store',
    load: () => import('./commands/migrate.ts'),
  },
  {
    words: 'migrate coaiapy',
    summary: 'Take over settings, environments, templates and caches of CoAiAPy',
    load: () => import('./commands/coaiapy.ts'),
  },
  {
    words: 'diff langfuse',
    summary: 'Compare a project of a Langfuse or Coaia server with this store',
    load: () => import('./commands/diff.ts'),
  },
];
