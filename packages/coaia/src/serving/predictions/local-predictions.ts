/** The calls about predictions over the embedded store, with the same checks as over HTTP. */
import type { Scope } from '#base';
import { parseRequest } from '#observability';
import type { PredictionsApi } from '@coaia/client';
import { getDrift } from './drift/drift.ts';
import { setReference } from './drift/reference.ts';
import { listEvaluations, saveEvaluation } from './evaluation/evaluations.ts';
import { getPrediction, listPredictions } from './log/list-predictions.ts';
import { getCalibration } from './outcomes/calibration.ts';
import { recordOutcomes } from './outcomes/record-outcomes.ts';
import { createWorstDataset, listWorst } from './outcomes/worst.ts';
import type { PredictionPorts } from './ports.ts';
import {
  driftQuery,
  evaluationBody,
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

export function createLocalPredictions(ports: PredictionPorts, scope: Scope): PredictionsApi {
  return {
    getPredictionStats: async (model, query) =>
      getStats(ports, scope, model, parseRequest(statQuery, query)),
    listPredictions: async (model, query) => {
      parseRequest(listQuery, query);
      return listPredictions(ports, scope, model, query);
    },
    getPrediction: (model, id) => getPrediction(ports, scope, model, id),
    recordOutcomes: async (model, outcomes) => {
      parseRequest(outcomesBody, { outcomes });
      return recordOutcomes(ports, scope, model, outcomes);
    },
    listWorstPredictions: async (model, query) => {
      parseRequest(worstQuery, query);
      return listWorst(ports, scope, model, query);
    },
    createWorstDataset: async (model, input) => {
      parseRequest(worstBody, input);
      return createWorstDataset(ports, scope, model, input);
    },
    getDrift: async (model, query) => {
      parseRequest(driftQuery, query);
      return getDrift(ports, scope, model, query);
    },
    setDriftReference: async (model, input) => {
      parseRequest(referenceBody, input);
      return setReference(ports, scope, model, input);
    },
    getCalibration: async (model, query) =>
      getCalibration(ports, scope, model, parseRequest(sinceQuery, query)),
    getShadowReport: async (model, query) =>
      getShadowReport(ports, scope, model, parseRequest(sinceQuery, query)),
    listEvaluations: (model) => listEvaluations(ports, scope, model),
    saveEvaluation: async (model, input) => {
      parseRequest(evaluationBody, input);
      return saveEvaluation(ports, scope, model, input);
    },
    writePredictions: async (flush) => writeFlush(ports, scope, parseRequest(flushBody, flush)),
  };
}
