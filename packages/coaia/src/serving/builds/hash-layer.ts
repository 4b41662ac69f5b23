/** A layer that somebody else wrote. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ImageLayer } from './image.ts';

/** Both digests of a file that is an archive, compressed by gzip or not. Reads it twice when it is. */
export async function hashLayer(file: string, note: string): Promise<ImageLayer> {
  const { size } = await stat(file);
  const outside = createHash('sha256');
  await pipeline(createReadStream(file), outside);
  const digest = outside.digest('hex');
  const isCompressed = await isGzip(file);
  if (!isCompressed) return { file, digest, contentDigest: digest, size, isCompressed, note };
  const inside = createHash('sha256');
  await pipeline(createReadStream(file), createGunzip(), inside);
  return { file, digest, contentDigest: inside.digest('hex'), size, isCompressed, note };
}

/** True when a file begins like gzip (RFC 1952, 2.3.1). */
export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}
