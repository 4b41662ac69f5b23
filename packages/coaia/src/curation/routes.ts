/** Every route of the curation room. */
import type { Route } from '#surface';
import { datasetItemRoutes } from './dataset-items/routes.ts';
import { datasetRunRoutes } from './dataset-runs/routes.ts';
import { datasetRoutes } from './datasets/routes.ts';
import { ruleRoutes } from './evaluation-rules/routes.ts';
import { unstableRuleRoutes } from './evaluation-rules/unstable-routes.ts';
import { evaluationRoutes } from './evaluations/routes.ts';
import { evaluatorRoutes } from './evaluators/routes.ts';
import { unstableEvaluatorRoutes } from './evaluators/unstable-routes.ts';
import { experimentRoutes } from './experiments/routes.ts';
import { fineTuningRoutes } from './fine-tuning/routes.ts';
import { promptRoutes } from './prompts/routes.ts';
import { queueRoutes } from './queues/routes.ts';

export const curationRoutes: readonly Route[] = [
  ...promptRoutes,
  ...datasetRoutes,
  ...datasetItemRoutes,
  ...datasetRunRoutes,
  ...experimentRoutes,
  ...queueRoutes,
  ...evaluatorRoutes,
  ...unstableEvaluatorRoutes,
  ...ruleRoutes,
  ...unstableRuleRoutes,
  ...evaluationRoutes,
  ...fineTuningRoutes,
];
