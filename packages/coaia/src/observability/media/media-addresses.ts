/** Short-lived addresses of bytes: of this server, or of the storage where clients may reach it themselves. */
import type { MediaRow } from '#store';
import { toBlobName, toDisposition } from './media.ts';
import type { MediaPorts } from './ports.ts';
import type { UploadBody } from './schema.ts';
import { createMediaToken } from './signed-token.ts';

/** Lifetime of signed addresses, as Langfuse has it. */
const ADDRESS_MS = 3_600_000;

/** Makes the address under which a token of this server is used. */
export type ToAddress = (token: string) => string;

/** Addresses on the host that the sender used, since that one it can reach. */
export function toServerAddress(
  { publicUrl }: Pick<MediaPorts, 'publicUrl'>,
  headers: Headers,
): ToAddress {
  const scheme = headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' ? 's' : '';
  const base = publicUrl ?? `http${scheme}://${headers.get('host') ?? 'localhost'}`;
  return (token) => `${base}/api/v1/media-content/${token}`;
}

export interface AnnouncedMedia {
  readonly projectId: string;
  readonly mediaId: string;
  /** Hex. */
  readonly sha256: string;
  readonly input: Pick<UploadBody, 'contentType' | 'contentLength'>;
}

/** Where the announced bytes may be put. */
export async function createUploadAddress(
  { db, blobs, clock }: MediaPorts,
  { projectId, mediaId, sha256, input }: AnnouncedMedia,
  toAddress: ToAddress,
): Promise<string> {
  if (blobs.direct === undefined) {
    const claims = { action: 'put', projectId, mediaId, expires: clock() + ADDRESS_MS } as const;
    return toAddress(await createMediaToken(db, claims));
  }
  const { contentType, contentLength: length } = input;
  const file = { contentType, expected: { sha256, length } };
  return blobs.direct.toUploadAddress(toBlobName(projectId, sha256), file, ADDRESS_MS / 1000);
}

/** Where the bytes of a record can be had, and until when in epoch milliseconds. */
export async function createDownload(
  { db, blobs, clock }: Pick<MediaPorts, 'db' | 'blobs' | 'clock'>,
  row: MediaRow,
  toAddress: ToAddress,
): Promise<{ readonly url: string; readonly expires: number }> {
  const expires = clock() + ADDRESS_MS;
  const { project_id: projectId, id: mediaId, content_type: contentType } = row;
  if (blobs.direct === undefined) {
    const claims = { action: 'get', projectId, mediaId, expires } as const;
    return { url: toAddress(await createMediaToken(db, claims)), expires };
  }
  const file = { contentType, disposition: toDisposition(row) };
  const name = toBlobName(projectId, row.sha256);
  return { url: await blobs.direct.toDownloadAddress(name, file, ADDRESS_MS / 1000), expires };
}
