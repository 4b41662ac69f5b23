/** Columns of the tables in `fine-tuning-tables.ts`; see `columns.ts`. */

export const FINE_TUNING_COLUMNS = {
  fine_tuning_jobs: {
    project_id: 'text',
    id: 'text',
    provider: 'text',
    connection: 'text',
    provider_job_id: 'text',
    state: 'text',
    base_model: 'text',
    result_model: 'text',
    suffix: 'text',
    fingerprint: 'text',
    digest: 'text',
    example_count: 'integer',
    dataset_name: 'text',
    hyperparameters: 'json',
    trace_id: 'text',
    created_at: 'integer',
    started_at: 'integer',
    finished_at: 'integer',
    checked_at: 'integer',
    trained_tokens: 'integer',
    error: 'text',
  },
} as const;
