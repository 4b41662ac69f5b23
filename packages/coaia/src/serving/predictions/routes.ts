/** Routes of predictions: what a model answered, and what can be learned from it. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import type {
  VersionEvaluation,
  OutcomeInput,
  PredictionQuery,
  WorstQuery,
  DriftQuery,
} from '@coaia/client';
import {
  calibrationAnswer,
  detailAnswer,
  driftAnswer,
  listAnswer,
  logAnswer,
  outcomesAnswer,
  referenceAnswer,
  shadowAnswer,
  statAnswer,
  worstAnswer,
  worstDatasetAnswer,
} from './answers.ts';
import { getDrift } from './drift/drift.ts';
import { setReference } from './drift/reference.ts';
import { listEvaluations, saveEvaluation } from './evaluation/evaluations.ts';
import { getPrediction, listPredictions } from './log/list-predictions.ts';
import { getCalibration } from './outcomes/calibration.ts';
import { recordOutcomes } from './outcomes/record-outcomes.ts';
import { createWorstDataset, listWorst } from './outcomes/worst.ts';
import { predictionPorts } from './ports.ts';
import {
  driftQuery,
  evaluationAnswer,
  evaluationBody,
  evaluationsAnswer,
  flushBody,
  listQuery,
  outcomesBody,
  referenceBody,
  sinceQuery,
  statQuery,
  worstBody,
  worstQuery,
} from './schema.ts';
import { getShadowReport } from './shadow/shadow-report.ts';
import { getStats } from './stats/stats.ts';
import { writeFlush } from './write-flush.ts';

const BULK_BYTES = 64 * 1024 * 1024;
const shared = { access: 'project', needs: predictionPorts } as const;
const nameOf = (params: Readonly<Record<string, string>>) => params['model'] ?? '';

const stats = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/deployments/:model/stats',
  operation: 'deployments.stats',
  summary: 'Requests, failures and durations of a model over time.',
  query: statQuery,
  response: statAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await getStats(api, scope, nameOf(params), query),
  }),
});

const list = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/deployments/:model/predictions',
  operation: 'deployments.listPredictions',
  summary: 'The newest predictions of a model; only flagged, failed or shadow ones on request.',
  query: listQuery,
  response: listAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await listPredictions(api, scope, nameOf(params), query as PredictionQuery),
  }),
});

const get = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/deployments/:model/predictions/:requestId',
  operation: 'deployments.getPrediction',
  summary: 'One prediction by its request id; writes its trace when there is none.',
  response: detailAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getPrediction(api, scope, nameOf(params), params['requestId'] ?? ''),
  }),
});

const outcomes = defineRoute({
  ...shared,
  method: 'POST',
  path: '/api/v1/deployments/:model/outcomes',
  operation: 'deployments.recordOutcomes',
  summary: 'What really happened with predictions; becomes scores on their traces.',
  body: outcomesBody,
  bodyLimit: BULK_BYTES,
  response: outcomesAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await recordOutcomes(api, scope, nameOf(params), body.outcomes as OutcomeInput[]),
  }),
});

const worst = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/deployments/:model/worst',
  operation: 'deployments.listWorst',
  summary: 'Predictions that were furthest from what happened.',
  query: worstQuery,
  response: worstAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await listWorst(api, scope, nameOf(params), query as WorstQuery),
  }),
});

const worstDataset = defineRoute({
  ...shared,
  method: 'POST',
  path: '/api/v1/deployments/:model/worst',
  operation: 'deployments.createWorstDataset',
  summary: 'Put the predictions that were furthest from what happened into a dataset.',
  permission: 'datasets:write',
  body: worstBody,
  response: worstDatasetAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await createWorstDataset(
      api,
      scope,
      nameOf(params),
      body as WorstQuery & { readonly dataset: string },
    ),
  }),
});

const drift = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/deployments/:model/drift',
  operation: 'deployments.drift',
  summary: 'How inputs and outputs differ from the reference, with a stated rate of false alarms.',
  query: driftQuery,
  response: driftAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await getDrift(api, scope, nameOf(params), query as DriftQuery),
  }),
});

const reference = defineRoute({
  ...shared,
  method: 'PUT',
  path: '/api/v1/deployments/:model/drift-reference',
  operation: 'deployments.setDriftReference',
  summary: 'Rows that drift of a version is measured against.',
  body: referenceBody,
  bodyLimit: BULK_BYTES,
  response: referenceAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await setReference(api, scope, nameOf(params), body),
  }),
});

const calibration = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/deployments/:model/calibration',
  operation: 'deployments.calibration',
  summary: 'Whether probabilities and intervals keep what they promise, by outcomes.',
  query: sinceQuery,
  response: calibrationAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await getCalibration(api, scope, nameOf(params), query),
  }),
});

const shadow = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/deployments/:model/shadow',
  operation: 'deployments.shadow',
  summary: 'How often, where and by how much a shadow disagrees with the champion.',
  query: sinceQuery,
  response: shadowAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await getShadowReport(api, scope, nameOf(params), query),
  }),
});

const evaluations = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/deployments/:model/evaluations',
  operation: 'deployments.listEvaluations',
  summary: 'Comparisons of versions on examples, newest first.',
  response: evaluationsAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await listEvaluations(api, scope, nameOf(params)),
  }),
});

const evaluation = defineRoute({
  ...shared,
  method: 'POST',
  path: '/api/v1/deployments/:model/evaluations',
  operation: 'deployments.saveEvaluation',
  summary: 'Keep a comparison of versions.',
  body: evaluationBody,
  response: evaluationAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await saveEvaluation(
      api,
      scope,
      nameOf(params),
      body as Omit<VersionEvaluation, 'id' | 'createdAt'>,
    ),
  }),
});

const log = defineRoute({
  ...shared,
  method: 'POST',
  path: '/api/v1/prediction-log',
  operation: 'deployments.writePredictions',
  summary: 'Predictions of a gateway on another machine, as it batches them.',
  body: flushBody,
  bodyLimit: BULK_BYTES,
  response: logAnswer,
  handler: async ({ api, scope, body }) => ({ json: await writeFlush(api, scope, body) }),
});

export const predictionRoutes: readonly Route[] = [
  stats,
  list,
  get,
  outcomes,
  worst,
  worstDataset,
  drift,
  reference,
  calibration,
  shadow,
  evaluations,
  evaluation,
  log,
];
