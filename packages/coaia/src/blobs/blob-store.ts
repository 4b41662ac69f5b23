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
   * expected, with COAIA-0701 when there is no room, with COAIA-0703 or COAIA-0704 when the storage refuses or
   * cannot be reached, and with what the source throws.
   */
  write(name: string, source: AsyncIterable<Uint8Array>, expected: ExpectedBytes): Promise<void>;
  /** The bytes, or the part of them; the caller reads or cancels the stream. Rejects with COAIA-0702 when absent. */
  read(name: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
  /** Forgets the name; one that is not there is no failure. */
  remove(name: string): Promise<void>;
  /** Addresses at which others reach the bytes without this program; absent where there are none. */
  readonly direct?: DirectAddresses;
}

/** Short-lived addresses of the storage itself. Each allows one thing with one name. */
export interface DirectAddresses {
  /** For one PUT with exactly this type, length and `x-amz-checksum-sha256`. */
  toUploadAddress(
    name: string,
    file: { readonly contentType: string; readonly expected: ExpectedBytes },
    seconds: number,
  ): Promise<string>;
  /** For GET; the answer has the given Content-Type and Content-Disposition. */
  toDownloadAddress(
    name: string,
    file: { readonly contentType: string; readonly disposition: string },
    seconds: number,
  ): Promise<string>;
}

/** Throws a TypeError for names that the store does not take. */
export type CheckName = (name: string) => void;

const NAME = /^[a-z0-9][a-z0-9_-]{0,99}(?:\/[a-z0-9][a-z0-9_-]{0,99}){0,5}$/;

/** Throws for names that are no plain relative path: they are made by programs, so a wrong one is a defect. */
export function checkBlobName(name: string): void {
  if (!NAME.test(name)) throw new TypeError(`not a blob name: ${JSON.stringify(name)}`);
}

const FILE_NAME = /^(?:[\w=@-][\w.=@-]{0,199}\/){0,12}[\w=@-][\w.=@-]{0,199}$/;

/** The same for files that people see, which have endings and capitals; no part may begin with a dot. */
export function checkFileName(name: string): void {
  if (!FILE_NAME.test(name)) throw new TypeError(`not a file name: ${JSON.stringify(name)}`);
}
