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
  'COAIA-2202': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      '`coaia queues add` needs something to add. Name traces with --trace-id, observations with --observation-id or sessions with --session-id; each takes several ids.',
  },
  'COAIA-2203': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A score config named for an annotation queue is archived, so nobody could fill it in. Restore it with `coaia fuse score-configs restore`, or name another one.',
  },
});
