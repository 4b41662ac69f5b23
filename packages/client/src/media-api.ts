/** Media: files that stand in traces and dataset items by reference. */
import type { Paged } from './wire.ts';

/** Announcement of a file: in a trace (and observation), or in a dataset item. */
export interface MediaUploadInput {
  readonly traceId?: string;
  readonly observationId?: string;
  readonly datasetId?: string;
  readonly datasetItemId?: string;
  /** `input`, `output` or `metadata`; of a dataset item `input`, `expectedOutput` or `metadata`. */
  readonly field: string;
  readonly contentType: string;
  readonly contentLength: number;
  /** Base64, 44 characters. */
  readonly sha256Hash: string;
}

export interface MediaUpload {
  readonly mediaId: string;
  /** Null (some servers: absent) when the file is stored already. */
  readonly uploadUrl?: string | null;
}

export interface MediaChange {
  readonly uploadedAt: string;
  readonly uploadHttpStatus: number;
  readonly uploadHttpError?: string;
  readonly uploadTimeMs?: number;
}

export interface Media {
  readonly mediaId: string;
  readonly contentType: string;
  readonly contentLength: number;
  readonly uploadedAt: string;
  readonly url: string;
  readonly urlExpiry: string;
}

/** Coaia only: a record and one of the places where it stands. */
export interface LinkedMedia extends Media {
  readonly field: string;
  readonly traceId: string | null;
  readonly observationId: string | null;
  readonly datasetId: string | null;
  readonly datasetItemId: string | null;
}

export interface MediaQuery {
  readonly traceId?: string;
  readonly observationId?: string;
  readonly datasetItemId?: string;
  readonly page?: number;
  readonly limit?: number;
}

/** What became of the bytes; `error` is the storage's own text. */
export interface SentBytes {
  readonly status: number;
  readonly error?: string;
}

/** The calls about media, the same over the embedded store and over HTTP. */
export interface MediaApi {
  createUpload(input: MediaUploadInput): Promise<MediaUpload>;
  /**
   * Sends a file to the address of `createUpload`. No keys go with it and no redirect is followed. Rejects when
   * the address is not safe or cannot be reached; a refusal is an answer.
   */
  sendBytes(
    uploadUrl: string,
    file: Blob,
    facts: { readonly contentType: string; readonly sha256Hash: string },
  ): Promise<SentBytes>;
  updateMedia(mediaId: string, change: MediaChange): Promise<void>;
  getMedia(mediaId: string): Promise<Media>;
  /** Coaia only; other servers answer 404. */
  listMedia(query: MediaQuery): Promise<Paged<LinkedMedia>>;
  /** The bytes behind a record's address, as they arrive. */
  readBytes(media: Media): Promise<ReadableStream<Uint8Array>>;
}
