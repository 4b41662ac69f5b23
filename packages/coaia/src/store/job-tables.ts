/** Rows of the jobs that run beside requests: exports to blob storage and retention. See `tables.ts`. */

/** One export per project. Times are epoch milliseconds. */
export interface BlobExportRow {
  project_id: string;
  type: string;
  bucket_name: string;
  endpoint: string | null;
  region: string;
  access_key_id: string | null;
  /** The secret key, sealed with the key of the installation; never answered. */
  sealed_secret: string | null;
  prefix: string;
  frequency: string;
  enabled: number;
  path_style: number;
  file_type: string;
  mode: string;
  start_at: number | null;
  compressed: number;
  source: string;
  /** JSON array; NULL: all. */
  field_groups: string | null;
  /** End of the last exported window; NULL before the first one. */
  synced_until: number | null;
  next_at: number | null;
  last_error: string | null;
  last_error_at: number | null;
  created_at: number;
  updated_at: number;
}

/** One window that was exported, or that failed. */
export interface BlobExportRunRow {
  project_id: string;
  id: string;
  window_from: number;
  window_to: number;
  started_at: number;
  ended_at: number;
  /** JSON array of {table, name, rows, bytes}. */
  files: string;
  error: string | null;
}

/** One run of retention and what it deleted so far. */
export interface RetentionRunRow {
  project_id: string;
  id: string;
  retention_days: number;
  /** What is older than this goes. */
  cutoff: number;
  started_at: number;
  /** NULL while it runs, and for one that was cut off. */
  ended_at: number | null;
  traces: number;
  observations: number;
  scores: number;
  sessions: number;
  media: number;
  media_bytes: number;
  error: string | null;
}

/** Who works on a job of a project; free again after `held_until`. */
export interface JobClaimRow {
  project_id: string;
  job: string;
  holder: string;
  held_until: number;
}

export interface JobTables {
  blob_exports: BlobExportRow;
  blob_export_runs: BlobExportRunRow;
  retention_runs: RetentionRunRow;
  job_claims: JobClaimRow;
}

/** Primary keys, for upserts. */
export const JOB_KEYS = {
  blob_exports: ['project_id'],
  blob_export_runs: ['project_id', 'id'],
  retention_runs: ['project_id', 'id'],
  job_claims: ['project_id', 'job'],
} as const;
