/** What the server does by itself beside answering: exports that are due, and retention. */
import type { BlobStore } from '#blobs';
import type { SettingValues } from '#config';
import type { Egress } from '#egress';
import type { SecretBox } from '#models';
import { openSchedules } from '#observability';
import type { JobLog } from '#observability';
import type { Database } from '#store';
import { toExportPorts, toExportRules } from './open-exports.ts';

export interface JobsOptions {
  readonly db: Database;
  readonly blobs: BlobStore;
  readonly egress: Pick<Egress, 'fetch'>;
  readonly secrets: SecretBox;
  readonly values: SettingValues;
  readonly log: JobLog;
}

/** Starts them; `close` ends what is under way in good order. */
export function openJobs({ blobs, values, log, ...access }: JobsOptions): {
  close(): Promise<void>;
} {
  const exports = toExportPorts({ ...access, ...toExportRules(values) });
  return openSchedules({ exports, blobs, log });
}
