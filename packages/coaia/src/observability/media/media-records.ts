/** Use cases of media records: announce, confirm, read, list. The bytes themselves are in `media-bytes.ts`. */
import { notFound, toPageMeta } from '#base';
import type { Scope } from '#base';
import type { MediaLinkRow, MediaRow, Transaction } from '#store';
import type { LinkedMedia, Media, MediaUpload, Paged } from '@coaia/client';
import { findTotal } from '../counters.ts';
import { mediaFailures } from './errors.ts';
import { isUploaded, parseSha256, toBlobName, toMedia, toMediaId } from './media.ts';
import { createDownload, createUploadAddress } from './media-addresses.ts';
import type { ToAddress } from './media-addresses.ts';
import type { MediaPorts } from './ports.ts';
import type { MediaListQuery, PatchBody, UploadBody } from './schema.ts';
import { readLinkedMedia, readLinkedMediaCount, readMedia } from './storage.ts';
import type { LinkedMedia as LinkedRow } from './storage.ts';

/**
 * Announces bytes and notes where they stand. `uploadUrl` is null when this project has them already.
 * Fails with COAIA-1115 when the id belongs to other bytes.
 */
export async function createUpload(
  ports: MediaPorts,
  scope: Scope,
  input: UploadBody,
  toAddress: ToAddress,
): Promise<MediaUpload> {
  const { db, blobs, clock } = ports;
  const { projectId } = scope;
  const sha256 = parseSha256(input.sha256Hash) ?? '';
  const mediaId = toMediaId(sha256);
  // Only what is known to be here is looked for: a key that may not list a bucket is refused for what is not.
  const before = await readMedia(db, projectId, mediaId);
  const mayBeHere = before !== undefined && before.stored_at !== null;
  const stored = mayBeHere ? await blobs.find(toBlobName(projectId, sha256)) : undefined;
  const now = clock();
  const isStored = await db.write(async (tx) => {
    await tx.lock([`media:${projectId}:${mediaId}`]);
    const known = await readMedia(tx, projectId, mediaId);
    const length = input.contentLength;
    if (known !== undefined && (known.sha256 !== sha256 || known.content_length !== length))
      throw toConflict(mediaId);
    const isHere = known !== undefined && known.stored_at !== null && stored === length;
    await tx.upsert('media', [toRow(input, { projectId, mediaId, sha256, now, known, isHere })]);
    await addLink(tx, toLink(input, projectId, mediaId, now));
    return isHere;
  });
  if (isStored) return { mediaId, uploadUrl: null };
  const row = { projectId, mediaId, sha256, input };
  return { mediaId, uploadUrl: await createUploadAddress(ports, row, toAddress) };
}

function toConflict(mediaId: string) {
  return mediaFailures.create(
    'COAIA-1115',
    `Media ${mediaId} is known with another SHA-256 or length; check contentLength and sha256Hash.`,
  );
}

interface Known {
  readonly projectId: string;
  readonly mediaId: string;
  readonly sha256: string;
  readonly now: number;
  readonly known: MediaRow | undefined;
  readonly isHere: boolean;
}

/** Bytes that are here need no further word of a client, so an announcement of them also confirms them. */
function toRow(input: UploadBody, { known, now, isHere, ...facts }: Known): MediaRow {
  const row = {
    project_id: facts.projectId,
    id: facts.mediaId,
    sha256: facts.sha256,
    content_type: input.contentType,
    content_length: input.contentLength,
    upload_error: null,
    upload_ms: known?.upload_ms ?? null,
    created_at: known?.created_at ?? now,
    updated_at: now,
  };
  if (known === undefined || !isHere)
    return { ...row, stored_at: null, uploaded_at: null, upload_status: null };
  const { stored_at, uploaded_at, upload_status } = isUploaded(known)
    ? known
    : { ...known, uploaded_at: now, upload_status: 200 };
  return { ...row, stored_at, uploaded_at, upload_status };
}

function toLink(input: UploadBody, projectId: string, mediaId: string, now: number): MediaLinkRow {
  const { traceId, observationId, datasetId, datasetItemId, field } = input;
  const rest = { project_id: projectId, field, media_id: mediaId, created_at: now };
  if (traceId && observationId)
    return { ...rest, subject_type: 'observation', parent_id: traceId, subject_id: observationId };
  if (traceId) return { ...rest, subject_type: 'trace', parent_id: traceId, subject_id: traceId };
  return {
    ...rest,
    subject_type: 'dataset_item',
    parent_id: datasetId ?? '',
    subject_id: datasetItemId ?? '',
  };
}

/** The first time counts as the time of the place. */
async function addLink(tx: Transaction, link: MediaLinkRow): Promise<void> {
  const [known] = await tx.read<{ readonly created_at: number }>(
    `SELECT created_at FROM media_links WHERE project_id = ? AND subject_type = ? AND parent_id = ?
       AND subject_id = ? AND field = ? AND media_id = ?`,
    [
      link.project_id,
      link.subject_type,
      link.parent_id,
      link.subject_id,
      link.field,
      link.media_id,
    ],
  );
  if (known === undefined) await tx.upsert('media_links', [link]);
}

/** Notes what became of an upload. A failure reported after the bytes arrived whole changes nothing. */
export async function updateMedia(
  ports: MediaPorts,
  scope: Scope,
  mediaId: string,
  change: PatchBody,
): Promise<void> {
  const { db, clock } = ports;
  const isGood = change.uploadHttpStatus === 200 || change.uploadHttpStatus === 201;
  const isHere = isGood && (await hasArrived(ports, scope.projectId, mediaId));
  await db.write(async (tx) => {
    await tx.lock([`media:${scope.projectId}:${mediaId}`]);
    const row = await readMedia(tx, scope.projectId, mediaId);
    if (row === undefined) throw notFound('Media', mediaId);
    const { uploadTimeMs: uploadMs } = change;
    if (isUploaded(row) && !isGood) return;
    await tx.upsert('media', [
      {
        ...row,
        stored_at: row.stored_at ?? (isHere ? clock() : null),
        uploaded_at: change.uploadedAt,
        upload_status: change.uploadHttpStatus,
        upload_error: change.uploadHttpError ?? null,
        upload_ms: typeof uploadMs === 'number' ? Math.round(uploadMs) : null,
        updated_at: clock(),
      },
    ]);
  });
}

/** Bytes that went straight into the storage are believed to be here once the storage has them. */
async function hasArrived(ports: MediaPorts, projectId: string, mediaId: string): Promise<boolean> {
  if (ports.blobs.direct === undefined) return false;
  const row = await readMedia(ports.db, projectId, mediaId);
  if (row === undefined || row.stored_at !== null) return false;
  return (await ports.blobs.find(toBlobName(projectId, row.sha256))) === row.content_length;
}

/** One record with a download address. Fails with COAIA-0003 until its upload is confirmed. */
export async function getMedia(
  ports: MediaPorts,
  scope: Scope,
  mediaId: string,
  toAddress: ToAddress,
): Promise<Media> {
  const row = await readMedia(ports.db, scope.projectId, mediaId);
  if (row === undefined || !isUploaded(row)) throw notFound('Media', mediaId);
  return toMedia(row, await createDownload(ports, row, toAddress));
}

/** Uploaded media with the places where they stand; one line per place. */
export async function listMedia(
  ports: MediaPorts,
  scope: Scope,
  query: MediaListQuery,
  toAddress: ToAddress,
): Promise<Paged<LinkedMedia>> {
  const { page, limit, ...bounds } = query;
  const offset = (page - 1) * limit;
  const rows = await readLinkedMedia(ports.db, scope.projectId, bounds, { limit, offset });
  const total = await findTotal({ offset, limit, rows: rows.length }, () =>
    readLinkedMediaCount(ports.db, scope.projectId, bounds),
  );
  const data = await Promise.all(
    rows.map(async (row) => ({
      ...toMedia(
        { ...row, uploaded_at: row.uploaded_at ?? row.updated_at },
        await createDownload(ports, row, toAddress),
      ),
      field: row.field,
      ...toPlace(row),
    })),
  );
  return { data, meta: toPageMeta(page, limit, total) };
}

function toPlace(row: LinkedRow) {
  const isItem = row.subject_type === 'dataset_item';
  return {
    traceId: isItem ? null : row.parent_id,
    observationId: row.subject_type === 'observation' ? row.subject_id : null,
    datasetId: isItem ? row.parent_id : null,
    datasetItemId: isItem ? row.subject_id : null,
  };
}
