/** Command lines of versions. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const versionCommands: readonly CommandEntry[] = [
  {
    words: 'ops versions',
    summary: 'List the versions of a model and what each of them does',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'ops deploy',
    summary: 'Put a version of the model in front of callers, wholly, in part or only to compare',
    load: () => import('./commands/deploy.ts'),
  },
  {
    words: 'ops rollback',
    summary: 'Go back to the champion before',
    load: () => import('./commands/rollback.ts'),
  },
];
