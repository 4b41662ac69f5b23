/** What steps of pipelines do with served models. Modules load when a step runs. */
import type { ActionEntry } from '#surface';

export const servingActions: readonly ActionEntry[] = [
  {
    name: 'predict',
    summary: 'Ask a served model for predictions',
    load: () => import('./calls/actions/predict.ts'),
  },
];
