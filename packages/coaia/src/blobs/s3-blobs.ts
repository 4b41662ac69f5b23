/** Blobs as objects of an S3-compatible bucket. One PUT each, so at most 5 GB. */
import { isCoaiaError } from '#base';
import { checkBlobName } from './blob-store.ts';
import type { BlobStore, CheckName, DirectAddresses, ExpectedBytes } from './blob-store.ts';
import { toChecked } from './checked-source.ts';
import { blobErrors } from './errors.ts';
import { checkS3Location } from './s3-location.ts';
import type { S3Location } from './s3-location.ts';
import { createS3Address, sendS3, toPlace, toRefusal } from './s3-requests.ts';
import type { S3Request, SendRequest } from './s3-requests.ts';

export interface S3Options {
  /** The way out; main/ gives the one of egress/. */
  readonly send: SendRequest;
  readonly checkName?: CheckName;
}

/** Opens a bucket; nothing is sent before the first call. Throws COAIA-0705. */
export function openS3Blobs(location: S3Location, options: S3Options): BlobStore {
  checkS3Location(location);
  const { send, checkName = checkBlobName } = options;
  const call = async (request: S3Request) => {
    checkName(request.name);
    try {
      return await sendS3(location, send, request);
    } catch (error) {
      throw toFailure(location, error);
    }
  };
  return {
    async find(name) {
      const answer = await call({ method: 'HEAD', name });
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw await toRefusal(location, answer);
      return Number(answer.headers.get('content-length'));
    },
    write: (name, source, expected) => writeObject(location, call, { name, source, expected }),
    async read(name, range) {
      const headers = range === undefined ? {} : { range: `bytes=${range.first}-${range.last}` };
      const answer = await call({ method: 'GET', name, headers });
      if (!answer.ok) throw await toRefusal(location, answer);
      return answer.body ?? new Blob([]).stream();
    },
    async remove(name) {
      const answer = await call({ method: 'DELETE', name });
      if (!answer.ok && answer.status !== 404) throw await toRefusal(location, answer);
      await answer.body?.cancel();
    },
    direct: toDirect(location, checkName),
  };
}

interface Writing {
  readonly name: string;
  readonly source: AsyncIterable<Uint8Array>;
  readonly expected: ExpectedBytes;
}

/** The storage checks length and hash as well; a source that fails cuts the request off, which stores nothing. */
async function writeObject(
  location: S3Location,
  call: (request: S3Request) => Promise<Response>,
  { name, source, expected }: Writing,
): Promise<void> {
  const failures: unknown[] = [];
  const pieces = toRemembering(toChecked(source, expected), failures);
  const headers = { 'content-length': String(expected.length) };
  const request: S3Request = { method: 'PUT', name, headers, sha256: expected.sha256 };
  try {
    if (expected.length === 0) for await (const _ of pieces);
    const body = expected.length === 0 ? {} : { body: ReadableStream.from(pieces) };
    const answer = await call({ ...request, ...body });
    if (!answer.ok) throw await toRefusal(location, answer);
    await answer.body?.cancel();
  } catch (error) {
    throw failures.length > 0 ? failures[0] : error;
  }
}

/** A connection that broke because its source did is the source's failure. */
async function* toRemembering(
  pieces: AsyncIterable<Uint8Array>,
  failures: unknown[],
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    failures.push(error);
    throw error;
  }
}

function toDirect(location: S3Location, checkName: CheckName): DirectAddresses {
  return {
    async toUploadAddress(name, { contentType, expected }, seconds) {
      checkName(name);
      const headers = {
        'content-type': contentType,
        'content-length': String(expected.length),
        'x-amz-checksum-sha256': Buffer.from(expected.sha256, 'hex').toString('base64'),
      };
      return createS3Address(location, { method: 'PUT', name, seconds, headers });
    },
    async toDownloadAddress(name, { contentType, disposition }, seconds) {
      checkName(name);
      const query = {
        'response-content-type': contentType,
        'response-content-disposition': disposition,
      };
      return createS3Address(location, { method: 'GET', name, seconds, query });
    },
  };
}

/** A refusal of the outbound policy says more than we can; everything else means nobody answered. */
function toFailure(location: S3Location, error: unknown): unknown {
  if (isCoaiaError(error) || error instanceof TypeError) return error;
  const { code } = error as { readonly code?: unknown };
  const reason = typeof code === 'string' ? ` (${code})` : '';
  return blobErrors.create('COAIA-0704', `${toPlace(location)} cannot be reached${reason}.`, {
    cause: error,
  });
}
