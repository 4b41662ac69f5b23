/** What steps of pipelines do with audio. Modules load when a step runs. */
import type { ActionEntry } from '#surface';

export const audioActions: readonly ActionEntry[] = [
  {
    name: 'transcribe',
    summary: 'Turn a recording into text',
    permission: 'files',
    load: () => import('./actions/transcribe.ts'),
  },
  {
    name: 'speak',
    summary: 'Turn a text into speech',
    permission: 'files',
    load: () => import('./actions/speak.ts'),
  },
];
