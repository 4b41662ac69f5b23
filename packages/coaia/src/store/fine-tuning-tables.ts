/** Rows of fine-tuning jobs. See `tables.ts`. */

/** A job as it was last known. Times are epoch milliseconds. */
export interface FineTuningJobRow {
  project_id: string;
  id: string;
  provider: string;
  /** Name of the connection; NULL for local training. */
  connection: string | null;
  provider_job_id: string | null;
  state: string;
  base_model: string;
  result_model: string | null;
  suffix: string | null;
  /** SHA-256 of what would be trained: file, model, hyperparameters. Finds a job that is active already. */
  fingerprint: string;
  digest: string;
  example_count: number;
  dataset_name: string | null;
  /** JSON. */
  hyperparameters: string;
  trace_id: string;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  checked_at: number;
  trained_tokens: number | null;
  error: string | null;
}

export interface FineTuningTables {
  fine_tuning_jobs: FineTuningJobRow;
}

/** Primary keys, for upserts. */
export const FINE_TUNING_KEYS = { fine_tuning_jobs: ['project_id', 'id'] } as const;
