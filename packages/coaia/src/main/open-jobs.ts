/** What the server does by itself beside answering: exports that are due, and retention. */
import type { BlobStore } from '#blobs';
import type { Egress } from '#egress';
import type { SecretBox } from '#models';
import { openSchedules } from '#observability';
import type { JobLog } from '#observability';
import type { Database } from '#store';
import { toExportPorts } from './open-exports.ts';
import type { ExportRules } from './open-exports.ts';

export interface JobsOptions {
  readonly db: Database;
  readonly blobs: BlobStore;
  readonly egress: Pick<Egress, 'fetch'>;
  readonly secrets: SecretBox;
  readonly exports: ExportRules;
  readonly log: JobLog;
}

/** Starts them; `close` ends what is under way in good order. */
export function openJobs({ blobs, exports: rules, log, ...access }: JobsOptions): {
  close(): Promise<void>;
} {
  const exports = toExportPorts({ ...access, ...rules });
  return openSchedules({ exports, blobs, log });
}
