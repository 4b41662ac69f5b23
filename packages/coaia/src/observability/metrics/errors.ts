/** Codes of metrics: COAIA-1140 to COAIA-1149. A query that takes too long fails with the store's COAIA-0107. */
import { defineErrors, EXIT } from '#base';

/** Failures of metrics queries. */
export const metricsFailures = defineErrors({
  'COAIA-1140': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The `query` parameter must be a JSON object with view, metrics, fromTimestamp and toTimestamp, and may have dimensions, filters, timeDimension, orderBy and config. The sentence names the first member that is wrong.',
  },
  'COAIA-1141': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The view does not have that dimension, measure or sort field, or the aggregation makes no sense for the measure. The hint lists what the view has.',
  },
  'COAIA-1142': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'COAIA_STRICT=langfuse refuses what Langfuse refuses in version 2 of the metrics API: the view of traces, and grouping by ids, users and sessions. Use these in filters, or unset COAIA_STRICT.',
  },
});
