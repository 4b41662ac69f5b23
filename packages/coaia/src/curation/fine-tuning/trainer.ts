/** Who trains: a service behind a connection, or a program on this machine. */
import type { Scope } from '#base';
import type { FineTuningArtifact, FineTuningEvent, FineTuningState } from '@coaia/client';

/** What is to be trained. */
export interface TrainingOrder {
  readonly jobId: string;
  readonly model: string;
  readonly training: string;
  readonly validation: string | undefined;
  readonly suffix: string | undefined;
  readonly hyperparameters: {
    readonly epochs?: number | 'auto' | undefined;
    readonly batchSize?: number | undefined;
    readonly learningRateMultiplier?: number | undefined;
    readonly seed?: number | undefined;
  };
}

/** What a trainer says of a job. Times are epoch milliseconds; null is not known. */
export interface TrainingReport {
  readonly providerJobId: string;
  readonly state: FineTuningState;
  readonly resultModel: string | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly trainedTokens: number | null;
  readonly error: string | null;
}

/** Where a started job is found again. */
export interface TrainingPlace {
  readonly scope: Scope;
  readonly jobId: string;
  readonly connection: string | null;
  readonly providerJobId: string;
}

export interface Trainer {
  /** Uploads the files and starts. Names the connection that was taken. */
  start(
    scope: Scope,
    order: TrainingOrder,
    connection: string | undefined,
  ): Promise<TrainingReport & { readonly connection: string | null }>;
  read(place: TrainingPlace): Promise<TrainingReport>;
  cancel(place: TrainingPlace): Promise<TrainingReport>;
  /** Newest first. */
  listEvents(place: TrainingPlace, limit: number): Promise<readonly FineTuningEvent[]>;
  listArtifacts(place: TrainingPlace): Promise<readonly FineTuningArtifact[]>;
}
