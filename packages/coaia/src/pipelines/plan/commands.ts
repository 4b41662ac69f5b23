/** Command lines of plan and deploy. */
import type { CommandEntry } from '#surface';

export const planCommands: readonly CommandEntry[] = [
  {
    words: 'pipeline plan',
    summary: 'Show what deploying a folder would change',
    load: () => import('./commands/plan.ts'),
  },
  {
    words: 'pipeline deploy',
    summary: 'Make the project as the files of a folder describe it',
    load: () => import('./commands/deploy.ts'),
  },
];
