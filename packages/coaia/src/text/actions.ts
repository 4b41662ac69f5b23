/** What steps of pipelines do with texts. Modules load when a step runs. */
import type { ActionEntry } from '#surface';

export const textActions: readonly ActionEntry[] = [
  {
    name: 'summarize',
    summary: 'Summarize a text of any length',
    load: () => import('./actions/summarize.ts'),
  },
  {
    name: 'process',
    summary: 'Let a model work on a text as a tag says',
    load: () => import('./actions/process.ts'),
  },
];
