/** An export of a project to blob storage: what it is, and how the API shows it. */
import { fromStored, toIso } from '#base';
import type { BlobExportRow } from '#store';
import type { BlobExport, BlobExportStatus } from '@coaia/client';

export const EXPORT_TYPES = ['S3', 'S3_COMPATIBLE', 'AZURE_BLOB_STORAGE', 'FOLDER'] as const;
export const FILE_TYPES = ['JSON', 'CSV', 'JSONL', 'PARQUET'] as const;
export const MODES = ['FULL_HISTORY', 'FROM_TODAY', 'FROM_CUSTOM_DATE'] as const;
export const FREQUENCIES = ['every_20_minutes', 'hourly', 'daily', 'weekly'] as const;
export const SOURCES = [
  'LEGACY_TRACES_OBSERVATIONS',
  'OBSERVATIONS_V2',
  'LEGACY_TRACES_AND_ENRICHED_OBSERVATIONS',
] as const;
export const FIELD_GROUPS = [
  'core',
  'basic',
  'time',
  'io',
  'metadata',
  'model',
  'usage',
  'prompt',
  'metrics',
  'tools',
  'trace_context',
] as const;

export type FileType = (typeof FILE_TYPES)[number];
export type Frequency = (typeof FREQUENCIES)[number];
export type FieldGroup = (typeof FIELD_GROUPS)[number];
export type ExportSource = (typeof SOURCES)[number];

/** As the API shows it. The secret is nowhere in it; the id is that of the project, as in Langfuse. */
export function toExport(row: BlobExportRow): BlobExport {
  return {
    id: row.project_id,
    projectId: row.project_id,
    type: row.type as BlobExport['type'],
    bucketName: row.bucket_name,
    endpoint: row.endpoint,
    region: row.region,
    accessKeyId: row.access_key_id,
    prefix: row.prefix,
    exportFrequency: row.frequency as BlobExport['exportFrequency'],
    enabled: row.enabled === 1,
    forcePathStyle: row.path_style === 1,
    fileType: row.file_type as BlobExport['fileType'],
    exportMode: row.mode as BlobExport['exportMode'],
    exportStartDate: toTime(row.start_at),
    compressed: row.compressed === 1,
    exportSource: row.source as BlobExport['exportSource'],
    exportFieldGroups: fromStored(row.field_groups) as BlobExport['exportFieldGroups'],
    nextSyncAt: toTime(row.next_at),
    lastSyncAt: toTime(row.synced_until),
    lastError: row.last_error,
    lastErrorAt: toTime(row.last_error_at),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}

/** The state for whoever waits for new files. */
export function toExportStatus(
  row: BlobExportRow,
  { isRunning, now }: { readonly isRunning: boolean; readonly now: number },
): BlobExportStatus {
  return {
    id: row.project_id,
    projectId: row.project_id,
    syncStatus: findState(row, isRunning, now),
    enabled: row.enabled === 1,
    lastSyncAt: toTime(row.synced_until),
    nextSyncAt: toTime(row.next_at),
    lastError: row.last_error,
    lastErrorAt: toTime(row.last_error_at),
  };
}

function findState(
  row: BlobExportRow,
  isRunning: boolean,
  now: number,
): BlobExportStatus['syncStatus'] {
  if (row.enabled !== 1) return 'disabled';
  if (isRunning) return 'running';
  if (row.last_error !== null) return 'error';
  if (row.next_at !== null && row.next_at <= now) return 'queued';
  return row.synced_until === null ? 'idle' : 'up_to_date';
}

function toTime(time: number | null): string | null {
  return time === null ? null : toIso(time);
}
