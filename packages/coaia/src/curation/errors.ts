/** Codes of the curation room: block COAIA-2000. */
import type { ErrorDefinition } from '#base';
import { datasetFailures } from './datasets/errors.ts';
import { comparisonFailures } from './experiments/compare/errors.ts';
import { evaluatorFailures } from './evaluators/errors.ts';
import { promptErrors } from './prompts/errors.ts';
import { fineTuningFailures } from './fine-tuning/errors.ts';
import { queueFailures } from './queues/errors.ts';

/** Every code of the room, for `coaia explain` and the errors page. */
export const curationErrors: Readonly<Record<string, ErrorDefinition>> = {
  ...promptErrors.table,
  ...datasetFailures.table,
  ...queueFailures.table,
  ...fineTuningFailures.table,
  ...evaluatorFailures.table,
  ...comparisonFailures.table,
};
