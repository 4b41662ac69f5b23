/** The command lines about exports. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const exportCommands: readonly CommandEntry[] = [
  {
    words: 'export show',
    summary: 'Show the export of the project, its state and its last runs',
    groupDefault: 'export',
    load: () => import('./commands/show.ts'),
  },
  {
    words: 'export set',
    summary: 'Export the project to a bucket or a folder on a schedule',
    load: () => import('./commands/set.ts'),
  },
  {
    words: 'export run',
    summary: 'Export every window that is complete now',
    load: () => import('./commands/run.ts'),
  },
  {
    words: 'export delete',
    summary: 'Forget the export; files that were written stay',
    load: () => import('./commands/delete.ts'),
  },
];
