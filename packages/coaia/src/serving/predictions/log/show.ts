/** Predictions as the workbench shows them. */
import { toIso } from '#base';
import type { PredictionItem } from '@coaia/client';
import { toRows } from '../../signatures/tensor-rows.ts';
import type { PredictionRecord } from '../observer.ts';
import { toRowCount, type LoggedPrediction } from './segment.ts';

/** Rows of one prediction that are shown. */
const MOST_ROWS = 100;

export function toItem(prediction: LoggedPrediction | PredictionRecord): PredictionItem {
  const { requestId, traceId, model, version, route, status, flags, warnings } = prediction;
  const { inputs, outputs, error, timings } = prediction;
  return {
    requestId,
    traceId,
    model,
    version,
    route,
    at: toIso(prediction.startedAt),
    durationMs: prediction.durationMs,
    queueMs: timings?.queueMs ?? null,
    workerMs: timings?.workerMs ?? null,
    status,
    rows: 'rows' in prediction ? prediction.rows : toRowCount(prediction),
    inputs: inputs === undefined ? null : toRows(inputs.columns).slice(0, MOST_ROWS),
    outputs: outputs === undefined ? null : toRows(outputs).slice(0, MOST_ROWS),
    flags,
    warnings,
    error: error === undefined ? null : { code: error.code, message: error.message },
    userId: prediction.userId ?? null,
    sessionId: prediction.sessionId ?? null,
    tags: prediction.tags ?? [],
  };
}
