/** Fine-tuning jobs: training a model on examples, at a service or on this machine. */
import type { CoaiaClient } from './client.ts';

export type FineTuningProvider = 'openai' | 'local';

export type FineTuningState =
  | 'created'
  | 'validating'
  | 'queued'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

export interface FineTuningJob {
  readonly id: string;
  readonly provider: FineTuningProvider;
  /** Connection that the job runs at; null for local training. */
  readonly connection: string | null;
  readonly providerJobId: string | null;
  readonly state: FineTuningState;
  readonly baseModel: string;
  /** Name of the trained model; null until there is one. */
  readonly resultModel: string | null;
  readonly suffix: string | null;
  /** SHA-256 of the training file in hex. */
  readonly digest: string;
  readonly exampleCount: number;
  readonly datasetName: string | null;
  readonly hyperparameters: FineTuningParameters;
  readonly traceId: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** As the service counted them; null when it did not say. */
  readonly trainedTokens: number | null;
  readonly error: string | null;
  /** When the state was last asked for. */
  readonly checkedAt: string;
  /** True when the service could not be asked, so the state is the last known one. */
  readonly isStale: boolean;
}

export interface FineTuningParameters {
  readonly epochs?: number | 'auto';
  readonly batchSize?: number;
  readonly learningRateMultiplier?: number;
  readonly seed?: number;
}

export interface FineTuningInput {
  readonly provider: FineTuningProvider;
  /** Connection to train at; needed when a project has several. */
  readonly connection?: string;
  readonly model: string;
  /** JSON lines of `{"messages": [...]}`. */
  readonly training: string;
  readonly validation?: string;
  readonly suffix?: string;
  readonly datasetName?: string;
  readonly hyperparameters?: FineTuningParameters;
  /** Starts a job although the same one is active. */
  readonly force?: boolean;
}

export interface FineTuningEvent {
  readonly createdAt: string;
  readonly level: string;
  readonly message: string;
}

export interface FineTuningArtifact {
  readonly name: string;
  /** Model name, file id of the service, or path on the machine that trained. */
  readonly place: string;
}

export interface FineTuningQuery {
  /** Also jobs that have ended. */
  readonly all?: boolean;
  readonly provider?: FineTuningProvider;
  readonly state?: FineTuningState;
  readonly limit?: number;
}

/** The calls about fine-tuning jobs, the same over the embedded store and over HTTP. */
export interface FineTuningApi {
  createFineTuningJob(input: FineTuningInput): Promise<FineTuningJob>;
  listFineTuningJobs(query: FineTuningQuery): Promise<{ readonly data: readonly FineTuningJob[] }>;
  /** Asks the service first. */
  getFineTuningJob(id: string): Promise<FineTuningJob>;
  cancelFineTuningJob(id: string): Promise<FineTuningJob>;
  listFineTuningEvents(
    id: string,
    query: { readonly limit?: number },
  ): Promise<{ readonly data: readonly FineTuningEvent[] }>;
  listFineTuningArtifacts(id: string): Promise<{ readonly data: readonly FineTuningArtifact[] }>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createFineTuningApi(client: Pick<CoaiaClient, 'request'>): FineTuningApi {
  const jobs = ['fine-tuning-jobs'];
  const area = 'v1';
  return {
    createFineTuningJob: (body) => client.request('POST', jobs, { body, area }),
    listFineTuningJobs: (query) => client.request('GET', jobs, { query, area }),
    getFineTuningJob: (id) => client.request('GET', [...jobs, id], { area }),
    cancelFineTuningJob: (id) =>
      client.request('POST', [...jobs, id, 'cancel'], { area, isRepeatable: true }),
    listFineTuningEvents: (id, query) =>
      client.request('GET', [...jobs, id, 'events'], { query, area }),
    listFineTuningArtifacts: (id) => client.request('GET', [...jobs, id, 'artifacts'], { area }),
  };
}
