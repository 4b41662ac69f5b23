/** Command lines of predictions. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const predictionCommands: readonly CommandEntry[] = [
  {
    words: 'ops predictions',
    summary: 'Show the newest predictions, or one by its request id',
    load: () => import('./commands/predictions.ts'),
  },
  {
    words: 'ops outcomes',
    summary: 'Record what really happened with predictions',
    load: () => import('./commands/outcomes.ts'),
  },
  {
    words: 'ops worst',
    summary:
      'List the predictions that were furthest from what happened, or make a dataset of them',
    load: () => import('./commands/worst.ts'),
  },
  {
    words: 'ops drift',
    summary: 'Compare what is predicted now with the reference, field by field',
    load: () => import('./commands/drift.ts'),
  },
  {
    words: 'ops calibration',
    summary: 'Compare chances, intervals and errors with what really happened',
    load: () => import('./commands/calibration.ts'),
  },
  {
    words: 'ops shadow',
    summary: 'Report how often, where and by how much a shadow disagrees with the champion',
    load: () => import('./commands/shadow.ts'),
  },
  {
    words: 'ops eval',
    summary: 'Compare a version with the champion on the same examples',
    load: () => import('./commands/eval.ts'),
  },
];
