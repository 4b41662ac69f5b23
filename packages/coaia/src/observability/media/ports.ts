/** What media routes and use cases take besides the store. */
import type { BlobStore } from '#blobs';
import { needs } from '#surface';
import type { ObservabilityPorts } from '../ports.ts';

export interface MediaPorts extends ObservabilityPorts {
  readonly blobs: BlobStore;
  /** Address of the server when it is not the one that requests name, without a slash at the end. */
  readonly publicUrl?: string;
}

export const mediaPorts = needs<MediaPorts>('media-ports');
