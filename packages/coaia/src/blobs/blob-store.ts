/** The BlobStore port: large bytes under names, written once and whole. */

/** What the bytes must turn out to be. */
export interface ExpectedBytes {
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly length: number;
}

/** Positions of the first and the last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export interface BlobStore {
  /** Length in bytes, or undefined when nothing is stored under the name. */
  find(name: string): Promise<number | undefined>;
  /**
   * Stores all bytes of `source` under `name` and resolves once they are durable. They appear whole or not at all;
   * the same name may be written twice. Rejects with COAIA-0700 when length or checksum differ from what was
   * expected, with COAIA-0701 when there is no room, and with what the source throws.
   */
  write(name: string, source: AsyncIterable<Uint8Array>, expected: ExpectedBytes): Promise<void>;
  /** The bytes, or the part of them; the caller reads or cancels the stream. Rejects with COAIA-0702 when absent. */
  read(name: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
  /** Forgets the name; one that is not there is no failure. */
  remove(name: string): Promise<void>;
}

const NAME = /^[a-z0-9][a-z0-9_-]{0,99}(?:\/[a-z0-9][a-z0-9_-]{0,99}){0,5}$/;

/** Throws for names that are no plain relative path: they are made by programs, so a wrong one is a defect. */
export function checkBlobName(name: string): void {
  if (!NAME.test(name)) throw new TypeError(`not a blob name: ${JSON.stringify(name)}`);
}
