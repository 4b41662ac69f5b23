/** Bytes on their way that must turn out as announced. */
import { createHash } from 'node:crypto';
import type { ExpectedBytes } from './blob-store.ts';
import { blobErrors } from './errors.ts';

/**
 * Gives on the pieces of the source but the last one only once length and SHA-256 of all are right, so that who
 * counts on the announced length never has the whole of wrong bytes. Throws COAIA-0700 and what the source throws;
 * reads no further than the announced length.
 */
export async function* toChecked(
  source: AsyncIterable<Uint8Array>,
  expected: ExpectedBytes,
): AsyncGenerator<Uint8Array, void> {
  const hash = createHash('sha256');
  let length = 0;
  let held: Uint8Array | undefined;
  for await (const piece of source) {
    if (piece.length === 0) continue;
    length += piece.length;
    if (length > expected.length) throw toMismatch(`more than ${expected.length} bytes arrived`);
    hash.update(piece);
    if (held !== undefined) yield held;
    held = piece;
  }
  if (length !== expected.length)
    throw toMismatch(`${length} bytes arrived, ${expected.length} were announced`);
  if (hash.digest('hex') !== expected.sha256) throw toMismatch('the SHA-256 differs');
  if (held !== undefined) yield held;
}

function toMismatch(reason: string) {
  return blobErrors.create(
    'COAIA-0700',
    `The bytes are not those that were announced: ${reason}. Nothing was stored.`,
  );
}
