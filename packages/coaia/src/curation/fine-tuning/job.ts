/** A fine-tuning job: what is known of it and what its states mean. */
import { createHash } from 'node:crypto';
import { toIso } from '#base';
import type { FineTuningJobRow } from '#store';
import type {
  FineTuningJob,
  FineTuningParameters,
  FineTuningProvider,
  FineTuningState,
} from '@coaia/client';

export const PROVIDERS = ['openai', 'local'] as const satisfies readonly FineTuningProvider[];

export const STATES = [
  'created',
  'validating',
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
] as const satisfies readonly FineTuningState[];

/** States in which something still happens. */
export const ACTIVE: readonly FineTuningState[] = ['created', 'validating', 'queued', 'running'];

export function isActive({ state }: { readonly state: string }): boolean {
  return ACTIVE.some((active) => active === state);
}

export function toJob(row: FineTuningJobRow, isStale = false): FineTuningJob {
  const toTime = (time: number | null) => (time === null ? null : toIso(time));
  return {
    id: row.id,
    provider: row.provider as FineTuningProvider,
    connection: row.connection,
    providerJobId: row.provider_job_id,
    state: row.state as FineTuningState,
    baseModel: row.base_model,
    resultModel: row.result_model,
    suffix: row.suffix,
    digest: row.digest,
    exampleCount: row.example_count,
    datasetName: row.dataset_name,
    hyperparameters: JSON.parse(row.hyperparameters) as FineTuningParameters,
    traceId: row.trace_id,
    createdAt: toIso(row.created_at),
    startedAt: toTime(row.started_at),
    finishedAt: toTime(row.finished_at),
    trainedTokens: row.trained_tokens,
    error: row.error,
    checkedAt: toIso(row.checked_at),
    isStale,
  };
}

/** The same for jobs that would train the same: file, model, place and hyperparameters. */
export function toFingerprint(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
