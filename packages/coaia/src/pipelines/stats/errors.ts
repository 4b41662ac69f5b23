/** Codes of stats: COAIA-5310 to 5319. */
import { defineErrors, EXIT } from '#base';

export const statsFailures = defineErrors({
  'COAIA-5310': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A condition of `coaia pipeline stats --fail-if` holds: the runs are slower, dearer or less successful than allowed. The table above it says by how much.',
  },
  'COAIA-5311': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'A condition is written as METRIC OPERATOR VALUE, for example p95>30s, success<95% or cost>1.50. Metrics: p50, p95, p99, queue (95th percentile of the time before a run starts), success, failed, runs, tokens, cost.',
  },
});
