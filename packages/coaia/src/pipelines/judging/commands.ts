/** The commands that judge. */
import type { CommandEntry } from '#surface';

export const judgingCommands: readonly CommandEntry[] = [
  {
    words: 'fuse judge run',
    summary: 'Let models judge a trace; writes their scores with their reasons',
    load: () => import('./run.ts'),
  },
];
