/** A file from this machine into a trace or an observation: announced, sent, confirmed, and only then referred to. */
import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { isCoaiaError, systemClock, toIso } from '#base';
import type { MediaUploadInput, SentBytes } from '@coaia/client';
import { terminalFailures } from '../terminal/errors.ts';
import { BYTES_TYPE, findContentType, SNIFFED_BYTES } from './content-type.ts';
import { mediaFailures } from './errors.ts';
import type { MediaCommandsApi } from './ports.ts';
import { checkAddress } from './upload-address.ts';

/** A file as it is announced. */
export interface LocalFile {
  readonly path: string;
  readonly blob: Blob;
  readonly contentType: string;
  readonly sha256Hash: string;
}

export interface UploadPlace {
  readonly traceId: string;
  readonly observationId?: string;
  readonly field: string;
}

export interface Uploaded {
  readonly mediaId: string;
  readonly contentType: string;
  /** The storage had it. */
  readonly wasHere: boolean;
  /** Milliseconds of the upload. */
  readonly uploadMs: number;
}

/** Looks at a file and hashes it, piece by piece. Fails with COAIA-1063 and, for a type that is none, COAIA-1114. */
export async function readLocalFile(path: string, given: string | undefined): Promise<LocalFile> {
  if (given !== undefined && !/^[\w.+-]+\/[\w.+-]+$/.test(given))
    throw mediaFailures.create('COAIA-1114', `${given} is no content type, such as image/png.`);
  try {
    const beginning = await readBeginning(path);
    const blob = await openAsBlob(path);
    const hash = createHash('sha256');
    for await (const piece of blob.stream()) hash.update(piece as Uint8Array);
    const contentType = given ?? findContentType(basename(path), beginning);
    return { path, blob, contentType, sha256Hash: hash.digest('base64') };
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw terminalFailures.create('COAIA-1063', `${path} cannot be read (${code}).`, {
      cause: error,
    });
  }
}

async function readBeginning(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(SNIFFED_BYTES) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Uploads unless the server has the bytes. Fails with COAIA-1112 and COAIA-1113; then nothing refers to the file. */
export async function uploadFile(
  api: MediaCommandsApi,
  file: LocalFile,
  place: UploadPlace,
  options: { readonly httpHosts: readonly string[]; readonly isTypeGiven: boolean },
): Promise<Uploaded> {
  const { mediaId, uploadUrl, contentType } = await announce(api, file, place, options.isTypeGiven);
  if (uploadUrl === null || uploadUrl === undefined)
    return { mediaId, contentType, wasHere: true, uploadMs: 0 };
  checkAddress(uploadUrl, { baseUrl: api.baseUrl, httpHosts: options.httpHosts });
  const start = systemClock();
  const { sha256Hash } = file;
  const sent = await api
    .sendBytes(uploadUrl, file.blob, { contentType, sha256Hash })
    .catch((error: unknown) => toUnsent(error));
  const uploadMs = systemClock() - start;
  const isGood = sent.status >= 200 && sent.status < 300;
  const change = {
    uploadedAt: toIso(systemClock()),
    // Servers count an upload as good by these two statuses alone.
    uploadHttpStatus: isGood && sent.status !== 201 ? 200 : sent.status,
    uploadTimeMs: uploadMs,
    ...(sent.error === undefined ? {} : { uploadHttpError: sent.error }),
  };
  if (isGood) await api.updateMedia(mediaId, change);
  else await api.updateMedia(mediaId, change).catch(() => undefined);
  if (isGood) return { mediaId, contentType, wasHere: false, uploadMs };
  throw mediaFailures.create('COAIA-1112', toSentence(file.path, uploadUrl, sent), {
    details: { mediaId, status: sent.status, error: sent.error },
  });
}

/** No answer counts as status 0. */
function toUnsent(error: unknown): SentBytes {
  const { code } = error as { readonly code?: unknown };
  const reason = error instanceof Error ? error.message : 'no answer';
  if (isCoaiaError(error) && error.code !== 'COAIA-0700') throw error;
  return { status: 0, error: typeof code === 'string' ? `${code}: ${reason}` : reason };
}

function toSentence(path: string, address: string, { status, error }: SentBytes): string {
  const host = URL.parse(address)?.host;
  const reason = status === 0 ? (error ?? '') : `status ${status}`;
  return `${path} did not reach ${host === '' || host === undefined ? 'the storage' : host} (${reason}); nothing refers to it.`;
}

/** Servers differ in the types they take; a guessed one gives way to plain bytes. */
async function announce(
  api: MediaCommandsApi,
  file: LocalFile,
  place: UploadPlace,
  isTypeGiven: boolean,
) {
  const input: MediaUploadInput = {
    ...place,
    contentType: file.contentType,
    contentLength: file.blob.size,
    sha256Hash: file.sha256Hash,
  };
  try {
    return { ...(await api.createUpload(input)), contentType: file.contentType };
  } catch (error) {
    if (isTypeGiven || file.contentType === BYTES_TYPE || !isRefused(error)) throw error;
    const answer = await api.createUpload({ ...input, contentType: BYTES_TYPE });
    return { ...answer, contentType: BYTES_TYPE };
  }
}

/** 400 over HTTP, or by the same check of the local store. */
function isRefused(error: unknown): boolean {
  if (!isCoaiaError(error)) return false;
  const { status } = (error.cause ?? {}) as { readonly status?: unknown };
  return error.code === 'COAIA-0002' || status === 400 || status === 422;
}
