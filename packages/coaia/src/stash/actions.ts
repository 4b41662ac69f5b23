/** What steps of pipelines do with the stash. Modules load when a step runs. */
import type { ActionEntry } from '#surface';

export const stashActions: readonly ActionEntry[] = [
  {
    name: 'tash',
    summary: 'Keep a value under a key',
    load: () => import('./actions/tash.ts'),
  },
  {
    name: 'fetch',
    summary: 'Read what is kept under a key',
    load: () => import('./actions/fetch.ts'),
  },
];
