/** Migration 12: exports to blob storage with their runs, runs of retention, and who works on what. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE blob_exports (
      project_id ${type.text} NOT NULL PRIMARY KEY,
      type ${type.text} NOT NULL,
      bucket_name ${type.text} NOT NULL,
      endpoint ${type.text},
      region ${type.text} NOT NULL,
      access_key_id ${type.text},
      sealed_secret ${type.text},
      prefix ${type.text} NOT NULL,
      frequency ${type.text} NOT NULL,
      enabled ${type.integer} NOT NULL,
      path_style ${type.integer} NOT NULL,
      file_type ${type.text} NOT NULL,
      mode ${type.text} NOT NULL,
      start_at ${type.integer},
      compressed ${type.integer} NOT NULL,
      source ${type.text} NOT NULL,
      field_groups ${type.text},
      synced_until ${type.integer},
      next_at ${type.integer},
      last_error ${type.text},
      last_error_at ${type.integer},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL
    )${type.table}`,
    `CREATE TABLE blob_export_runs (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      window_from ${type.integer} NOT NULL,
      window_to ${type.integer} NOT NULL,
      started_at ${type.integer} NOT NULL,
      ended_at ${type.integer} NOT NULL,
      files ${type.text} NOT NULL,
      error ${type.text},
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE INDEX blob_export_runs_by_time ON blob_export_runs (project_id, started_at)`,
    `CREATE TABLE retention_runs (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      retention_days ${type.integer} NOT NULL,
      cutoff ${type.integer} NOT NULL,
      started_at ${type.integer} NOT NULL,
      ended_at ${type.integer},
      traces ${type.integer} NOT NULL,
      observations ${type.integer} NOT NULL,
      scores ${type.integer} NOT NULL,
      sessions ${type.integer} NOT NULL,
      media ${type.integer} NOT NULL,
      media_bytes ${type.integer} NOT NULL,
      error ${type.text},
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE INDEX retention_runs_by_time ON retention_runs (project_id, started_at)`,
    `CREATE TABLE job_claims (
      project_id ${type.text} NOT NULL,
      job ${type.text} NOT NULL,
      holder ${type.text} NOT NULL,
      held_until ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, job)
    )${type.table}`,
    // Retention goes through these from the oldest on.
    `CREATE INDEX media_by_time ON media (project_id, created_at)`,
    `CREATE INDEX media_links_by_time ON media_links (project_id, created_at)`,
  ];
}

export const blobExports: Migration = {
  version: 12,
  name: 'exports',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
