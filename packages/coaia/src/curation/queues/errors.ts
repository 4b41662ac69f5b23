/** Codes of annotation queues: COAIA-2200 to 2249. */
import { defineErrors, EXIT } from '#base';

export const queueFailures = defineErrors({
  'COAIA-2200': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The project has an annotation queue of that name already. Choose another name, or use the queue that is there.',
  },
  'COAIA-2201': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'An annotation queue names score configs that the project does not have. The sentence lists their ids; `GET /api/public/score-configs` lists those that exist.',
  },
});
