/** A media record: bytes that stand in a trace or a dataset item by reference. */
import { toIso } from '#base';
import type { MediaRow } from '#store';
import type { Media } from '@coaia/client';

/** What may be stored, as the Langfuse contract lists it. */
export const CONTENT_TYPES = [
  'image/png',
  'image/jpeg',
  'image/jpg',
  'image/webp',
  'image/gif',
  'image/svg+xml',
  'image/tiff',
  'image/bmp',
  'image/avif',
  'image/heic',
  'audio/mpeg',
  'audio/mp3',
  'audio/wav',
  'audio/ogg',
  'audio/oga',
  'audio/aac',
  'audio/mp4',
  'audio/flac',
  'audio/opus',
  'audio/webm',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'video/mpeg',
  'video/quicktime',
  'video/x-msvideo',
  'video/x-matroska',
  'text/plain',
  'text/html',
  'text/css',
  'text/csv',
  'text/markdown',
  'text/x-python',
  'application/javascript',
  'text/x-typescript',
  'application/x-yaml',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/zip',
  'application/json',
  'application/xml',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/rtf',
  'application/x-ndjson',
  'application/vnd.apache.parquet',
  'application/gzip',
  'application/x-tar',
  'application/x-7z-compressed',
] as const;

/** Bytes of the largest file. */
export const MAX_MEDIA_BYTES = 1_000_000_000;

/** 44 characters of base64, as clients send a SHA-256; the hex form, or undefined when it is none. */
export function parseSha256(base64: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  // The last character before the padding has two spare bits, which must be zero.
  return bytes.toString('base64') === base64 ? bytes.toString('hex') : undefined;
}

/** The id every client computes for itself: 22 characters of the URL-safe base64 of the SHA-256. */
export function toMediaId(sha256Hex: string): string {
  return Buffer.from(sha256Hex, 'hex').toString('base64url').slice(0, 22);
}

/** Where the bytes lie: apart for each project, so that nobody learns what another project holds. */
export function toBlobName(projectId: string, sha256Hex: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const project = createHash('sha256').update(projectId).digest('hex').slice(0, 32);
  return `media/${project}/${sha256Hex.slice(0, 2)}/${sha256Hex}`;
}

/** True once a client has said that its upload went well and the bytes are here. */
export function isUploaded(row: MediaRow): row is MediaRow & { uploaded_at: number } {
  const { upload_status: status } = row;
  return row.uploaded_at !== null && (status === 200 || status === 201) && row.stored_at !== null;
}

/** The record as the API shows it, with an address that is valid for a while. */
export function toMedia(
  row: MediaRow & { uploaded_at: number },
  address: { readonly url: string; readonly expires: number },
): Media {
  return {
    mediaId: row.id,
    contentType: row.content_type,
    contentLength: row.content_length,
    uploadedAt: toIso(row.uploaded_at),
    url: address.url,
    urlExpiry: toIso(address.expires),
  };
}

/** A Content-Disposition header: `inline` only for what a browser cannot run, everything else is saved. */
export function toDisposition({ id, content_type: type }: MediaRow): string {
  const extension = type.replace(/^.*[/.+]/, '').replace(/^x-/, '');
  return `${INLINE.test(type) ? 'inline' : 'attachment'}; filename="${id}.${extension}"`;
}

const INLINE = /^(?:image\/(?!svg)|audio\/|video\/|text\/plain$)/;
