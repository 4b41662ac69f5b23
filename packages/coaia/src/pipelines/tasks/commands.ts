/** The commands that look after what is worked on in the background. */
import type { CommandEntry } from '#surface';

export const taskCommands: readonly CommandEntry[] = [
  {
    words: 'tasks list',
    summary: 'List what is worked on in the background, newest first',
    groupDefault: 'tasks',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'tasks cancel',
    summary: 'End a task that has not ended',
    load: () => import('./commands/cancel.ts'),
  },
  {
    words: 'tasks retry',
    summary: 'Try a failed task again, or all of them; finished steps are not done again',
    load: () => import('./commands/retry.ts'),
  },
];
