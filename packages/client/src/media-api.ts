/** Media: files that stand in traces and dataset items by reference. */
import type { CoaiaClient } from './client.ts';
import type { Fetch } from './request.ts';
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

/** Bytes on the storage side of media. */
export interface MediaFiles {
  /**
   * Sends a file to the address of `createUpload`. No keys go with it and no redirect is followed. Rejects when
   * nobody answers; a refusal is an answer.
   */
  sendBytes(
    uploadUrl: string,
    file: Blob,
    facts: { readonly contentType: string; readonly sha256Hash: string },
  ): Promise<SentBytes>;
  /** The answer of a record's address, as it arrives; no redirect is followed. */
  readBytes(media: Pick<Media, 'url'>): Promise<Response>;
}

/** The calls about media, the same over the embedded store and over HTTP. */
export interface MediaApi extends MediaFiles {
  createUpload(input: MediaUploadInput): Promise<MediaUpload>;
  updateMedia(mediaId: string, change: MediaChange): Promise<void>;
  getMedia(mediaId: string): Promise<Media>;
  /** Coaia only; other servers answer 404. */
  listMedia(query: MediaQuery): Promise<Paged<LinkedMedia>>;
}

const TEXT_LIMIT = 500;

/** Sends and reads bytes with any `fetch`; nothing of ours goes along but the type and the checksum. */
export function createMediaFiles(fetch: Fetch): MediaFiles {
  return {
    async sendBytes(uploadUrl, file, { contentType, sha256Hash }) {
      const answer = await fetch(uploadUrl, {
        method: 'PUT',
        body: file,
        redirect: 'manual',
        headers: {
          'content-type': contentType,
          'x-amz-checksum-sha256': sha256Hash,
          'x-ms-blob-type': 'BlockBlob',
        },
      });
      const text = (await answer.text()).slice(0, TEXT_LIMIT);
      return { status: answer.status, ...(answer.ok ? {} : { error: text }) };
    },
    readBytes: ({ url }) => fetch(url, { method: 'GET', redirect: 'manual' }),
  };
}

/** The calls over HTTP; bytes go by `fetch`. Rejects with ClientError, and with what `fetch` throws. */
export function createMediaApi(client: CoaiaClient, fetch: Fetch): MediaApi {
  return {
    ...createMediaFiles(fetch),
    // The same bytes announced twice are one record.
    createUpload: (input) => client.request('POST', ['media'], { body: input, isRepeatable: true }),
    updateMedia: (mediaId, change) =>
      client.request('PATCH', ['media', mediaId], { body: change, isRepeatable: true }),
    getMedia: (mediaId) => client.request('GET', ['media', mediaId]),
    listMedia: (query) => client.request('GET', ['media'], { query, area: 'v1' }),
  };
}
