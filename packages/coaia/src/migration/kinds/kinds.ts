/** Every kind that is read from lists, in the order in which they are copied. Media follow from the others. */
import { annotationQueues } from './annotation-queues.ts';
import { comments } from './comments.ts';
import { datasetItems } from './dataset-items.ts';
import { datasetRuns } from './dataset-runs.ts';
import { datasets } from './datasets.ts';
import type { Kind } from './kind.ts';
import { models } from './models.ts';
import { observations } from './observations.ts';
import { prompts } from './prompts.ts';
import { scoreConfigs } from './score-configs.ts';
import { scores } from './scores.ts';
import { sessions } from './sessions.ts';
import { traces } from './traces.ts';

export const KINDS: readonly Kind[] = [
  scoreConfigs,
  models,
  prompts,
  datasets,
  datasetItems,
  traces,
  observations,
  sessions,
  datasetRuns,
  scores,
  comments,
  annotationQueues,
];
