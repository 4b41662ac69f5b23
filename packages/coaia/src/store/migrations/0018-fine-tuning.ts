/** Migration 18: fine-tuning jobs. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE fine_tuning_jobs (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      provider ${type.text} NOT NULL,
      connection ${type.text},
      provider_job_id ${type.text},
      state ${type.text} NOT NULL,
      base_model ${type.text} NOT NULL,
      result_model ${type.text},
      suffix ${type.text},
      fingerprint ${type.text} NOT NULL,
      digest ${type.text} NOT NULL,
      example_count ${type.integer} NOT NULL,
      dataset_name ${type.text},
      hyperparameters ${type.text} NOT NULL,
      trace_id ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      started_at ${type.integer},
      finished_at ${type.integer},
      checked_at ${type.integer} NOT NULL,
      trained_tokens ${type.integer},
      error ${type.text},
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    'CREATE INDEX fine_tuning_jobs_by_time ON fine_tuning_jobs (project_id, created_at DESC, id)',
  ];
}

export const fineTuning: Migration = {
  version: 18,
  name: 'fine-tuning',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
