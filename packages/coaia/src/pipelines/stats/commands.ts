/** Command lines of stats. */
import type { CommandEntry } from '#surface';

export const statsCommands: readonly CommandEntry[] = [
  {
    words: 'pipeline stats',
    aliases: ['stats'],
    summary: 'Show how runs of pipelines went: success, times, tokens, cost',
    load: () => import('./command.ts'),
  },
];
