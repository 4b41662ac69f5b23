/** What predictions need, here and over a server. */
import type { Clock, Recorder } from '#base';
import type { Database, Transaction } from '#store';
import { needs } from '#surface';
import type { DatasetsApi, DeploymentsApi, PredictionsApi } from '@coaia/client';

export interface PredictionPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Through which predictions become traces, and outcomes scores. */
  readonly recorder: Recorder<Transaction>;
  /** Writes what a gateway in this process still remembers. */
  readonly flush?: () => Promise<void>;
}

/** What the routes need. */
export const predictionPorts = needs<PredictionPorts>('prediction-ports');

/** The embedded store or a server, behind one interface. */
export const predictionsApi = needs<PredictionsApi>('predictions');

/** The same with datasets and versions, for comparisons of versions on examples. */
export const evaluationsApi = needs<PredictionsApi & DatasetsApi & DeploymentsApi>('predictions');
