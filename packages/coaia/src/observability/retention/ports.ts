/** What retention takes: the store, the time, and the files of media. */
import type { BlobStore } from '#blobs';
import { needs } from '#surface';
import type { ObservabilityPorts } from '../ports.ts';

export interface RetentionPorts extends ObservabilityPorts {
  readonly blobs: BlobStore;
}

export const retentionPorts = needs<RetentionPorts>('retention-ports');
