/** Bytes that are wrong in well-known ways. */
import { brotliCompressSync, createGzip, gzipSync } from 'node:zlib';

const MB = 1_000_000;

export function toUtf16(text: string): Uint8Array {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}

/** `[[[[...]]]]`, as deep as asked. */
export function toNestedJson(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

/** Gzip of zeros without ever holding them. */
export async function createBomb(megabytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: 9 });
  const pieces: Buffer[] = [];
  gzip.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise((resolve, reject) => {
    gzip.once('end', resolve).once('error', reject);
  });
  const block = Buffer.alloc(MB);
  for (let index = 0; index < megabytes; index++) {
    if (!gzip.write(block)) await new Promise((resolve) => gzip.once('drain', resolve));
  }
  gzip.end();
  await ended;
  return Buffer.concat(pieces);
}

export interface EncodedBody {
  readonly label: string;
  readonly encoding: string;
  readonly body: Uint8Array;
  /** Status that the refusal must have. */
  readonly status: number;
}

/** Bodies whose Content-Encoding lies or explodes. */
export async function listEncodedBodies(
  valid: string,
  bombMb: number,
): Promise<readonly EncodedBody[]> {
  const bomb = await createBomb(bombMb);
  const packed = gzipSync(valid);
  return [
    { label: 'gzip bomb', encoding: 'gzip', body: bomb, status: 413 },
    { label: 'double gzip bomb', encoding: 'gzip, gzip', body: gzipSync(bomb), status: 413 },
    {
      label: 'brotli bomb',
      encoding: 'br',
      body: brotliCompressSync(Buffer.alloc(64 * MB)),
      status: 413,
    },
    { label: 'truncated gzip', encoding: 'gzip', body: packed.subarray(0, -9), status: 400 },
    { label: 'gzip that is none', encoding: 'gzip', body: Buffer.from(valid), status: 400 },
    { label: 'gzip sent as brotli', encoding: 'br', body: packed, status: 400 },
    { label: 'gzip sent as zstd', encoding: 'zstd', body: packed, status: 400 },
    { label: 'gzip with broken checksum', encoding: 'gzip', body: flip(packed, -6), status: 400 },
    { label: 'plain text sent as gzip twice', encoding: 'gzip, gzip', body: packed, status: 400 },
    { label: 'unknown encoding', encoding: 'compress', body: packed, status: 415 },
    { label: 'prototype as encoding', encoding: 'constructor', body: packed, status: 415 },
    { label: 'too many layers', encoding: 'gzip, gzip, gzip', body: packed, status: 415 },
    { label: 'gzip without the header', encoding: '', body: packed, status: 400 },
  ];
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 0xff;
  return copy;
}
