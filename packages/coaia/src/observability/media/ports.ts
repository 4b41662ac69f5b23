/** What media routes, use cases and commands take besides the store. */
import type { LookupFunction } from 'node:net';
import type { BlobStore } from '#blobs';
import { needs } from '#surface';
import type { MediaApi, ObservabilityApi } from '@coaia/client';
import type { ObservabilityPorts } from '../ports.ts';

export interface MediaPorts extends ObservabilityPorts {
  readonly blobs: BlobStore;
  /** Address of the server when it is not the one that requests name, without a slash at the end. */
  readonly publicUrl?: string;
}

export const mediaPorts = needs<MediaPorts>('media-ports');

/** What the commands about media take: files, and the traces and observations that they stand in. */
export interface MediaCommandsApi extends MediaApi, ObservabilityApi {
  /** Address of the server; undefined for the store in this home. */
  readonly baseUrl: string | undefined;
  /** Any address of the web, without keys; `lookup` says which addresses a name may have. */
  readUrl(url: string, lookup?: LookupFunction): Promise<Response>;
}

export const mediaApi = needs<MediaCommandsApi>('media');
