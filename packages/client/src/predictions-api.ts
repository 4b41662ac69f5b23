/** What served models predicted, on a server: log, statistics, drift, outcomes, comparisons. Only Coaia has it. */
import type { CoaiaClient } from './client.ts';
import type {
  CalibrationReport,
  DriftQuery,
  DriftReport,
  OutcomeInput,
  OutcomeReport,
  PredictionDetail,
  PredictionFlush,
  PredictionItem,
  PredictionQuery,
  PredictionStats,
  ShadowReport,
  WorstDataset,
  WorstPrediction,
  WorstQuery,
} from './predictions-wire.ts';
import type { VersionEvaluation } from './version-evaluation-wire.ts';

export type * from './predictions-wire.ts';
export type * from './version-evaluation-wire.ts';

/** The calls about predictions, the same over the embedded store and over HTTP. */
export interface PredictionsApi {
  getPredictionStats(
    model: string,
    query: {
      readonly from?: string;
      readonly to?: string;
      readonly step?: number;
      readonly version?: number;
    },
  ): Promise<PredictionStats>;
  listPredictions(
    model: string,
    query: PredictionQuery,
  ): Promise<{
    readonly data: readonly PredictionItem[];
    readonly meta: { readonly cursor: string | null };
  }>;
  /** Also writes its trace when there is none yet. */
  getPrediction(model: string, requestId: string): Promise<PredictionDetail>;
  recordOutcomes(model: string, outcomes: readonly OutcomeInput[]): Promise<OutcomeReport>;
  listWorstPredictions(
    model: string,
    query: WorstQuery,
  ): Promise<{ readonly data: readonly WorstPrediction[] }>;
  createWorstDataset(
    model: string,
    input: WorstQuery & { readonly dataset: string },
  ): Promise<WorstDataset>;
  getDrift(model: string, query: DriftQuery): Promise<DriftReport>;
  setDriftReference(
    model: string,
    input: {
      readonly version: number;
      readonly source: string;
      readonly rows: readonly Readonly<Record<string, unknown>>[];
    },
  ): Promise<{ readonly rows: number }>;
  getCalibration(
    model: string,
    query: { readonly version?: number; readonly since?: string },
  ): Promise<CalibrationReport>;
  getShadowReport(
    model: string,
    query: { readonly since?: string; readonly version?: number },
  ): Promise<ShadowReport>;
  listEvaluations(model: string): Promise<{ readonly data: readonly VersionEvaluation[] }>;
  saveEvaluation(
    model: string,
    input: Omit<VersionEvaluation, 'id' | 'createdAt'>,
  ): Promise<VersionEvaluation>;
  writePredictions(flush: PredictionFlush): Promise<{ readonly predictions: number }>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createPredictionsApi(client: Pick<CoaiaClient, 'request'>): PredictionsApi {
  const area = 'v1';
  const of = (model: string, ...rest: readonly string[]) => ['deployments', model, ...rest];
  return {
    getPredictionStats: (model, query) =>
      client.request('GET', of(model, 'stats'), { query, area }),
    listPredictions: (model, query) =>
      client.request('GET', of(model, 'predictions'), { query: { ...query }, area }),
    getPrediction: (model, id) => client.request('GET', of(model, 'predictions', id), { area }),
    recordOutcomes: (model, outcomes) =>
      client.request('POST', of(model, 'outcomes'), {
        body: { outcomes },
        area,
        isRepeatable: true,
      }),
    listWorstPredictions: (model, query) =>
      client.request('GET', of(model, 'worst'), { query: { ...query }, area }),
    createWorstDataset: (model, body) =>
      client.request('POST', of(model, 'worst'), { body, area, isRepeatable: true }),
    getDrift: (model, query) =>
      client.request('GET', of(model, 'drift'), { query: { ...query }, area }),
    setDriftReference: (model, body) =>
      client.request('PUT', of(model, 'drift-reference'), { body, area }),
    getCalibration: (model, query) =>
      client.request('GET', of(model, 'calibration'), { query, area }),
    getShadowReport: (model, query) => client.request('GET', of(model, 'shadow'), { query, area }),
    listEvaluations: (model) => client.request('GET', of(model, 'evaluations'), { area }),
    saveEvaluation: (model, body) =>
      client.request('POST', of(model, 'evaluations'), { body, area }),
    writePredictions: (body) =>
      client.request('POST', ['prediction-log'], { body, area, isRepeatable: true }),
  };
}
