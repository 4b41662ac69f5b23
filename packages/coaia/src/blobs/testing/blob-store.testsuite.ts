/** What every BlobStore must do. */
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlobStore } from '../blob-store.ts';

export interface TestBlobs {
  readonly blobs: BlobStore;
  /** Names of everything that lies in the store, half-written parts included. */
  readonly list: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

const expectedOf = (bytes: Uint8Array) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  length: bytes.length,
});

async function* toPieces(bytes: Uint8Array, size = 1000): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await new Response(stream).arrayBuffer());
}

export function describeBlobStore(name: string, open: () => Promise<TestBlobs>): void {
  describe(`blobs in ${name}`, () => {
    let test: TestBlobs;
    beforeEach(async () => {
      test = await open();
    });
    afterEach(() => test.close());

    it('gives back what was written, whole and in part', async () => {
      const bytes = randomBytes(100_000);
      await test.blobs.write('a1/b2', toPieces(bytes), expectedOf(bytes));
      expect(await test.blobs.find('a1/b2')).toBe(100_000);
      expect((await readAll(await test.blobs.read('a1/b2'))).equals(bytes)).toBe(true);
      const part = await readAll(await test.blobs.read('a1/b2', { first: 10, last: 19 }));
      expect(part.equals(bytes.subarray(10, 20))).toBe(true);
    });

    it('stores nothing when length or checksum differ', async () => {
      const bytes = randomBytes(5000);
      const right = expectedOf(bytes);
      for (const wrong of [
        { ...right, length: 4999 },
        { ...right, length: 5001 },
        { ...right, sha256: '0'.repeat(64) },
      ]) {
        await expect(test.blobs.write('x', toPieces(bytes), wrong)).rejects.toMatchObject({
          code: 'COAIA-0700',
        });
      }
      expect(await test.blobs.find('x')).toBeUndefined();
      expect(await test.list()).toEqual([]);
    });

    it('stops reading a source that is longer than announced', async () => {
      let given = 0;
      async function* endless(): AsyncIterable<Uint8Array> {
        for (;;) {
          given += 1;
          yield new Uint8Array(1000);
        }
      }
      const expected = { sha256: '0'.repeat(64), length: 2500 };
      await expect(test.blobs.write('x', endless(), expected)).rejects.toThrow('more than 2500');
      expect(given).toBe(3);
    });

    it('leaves nothing when the source fails', async () => {
      async function* broken(): AsyncIterable<Uint8Array> {
        yield new Uint8Array(10);
        throw new Error('cut off');
      }
      const expected = { sha256: '0'.repeat(64), length: 20 };
      await expect(test.blobs.write('x', broken(), expected)).rejects.toThrow('cut off');
      expect(await test.list()).toEqual([]);
    });

    it('takes the same name from several writers at once', async () => {
      const bytes = randomBytes(20_000);
      const write = () => test.blobs.write('same', toPieces(bytes), expectedOf(bytes));
      await Promise.all([write(), write(), write()]);
      expect((await readAll(await test.blobs.read('same'))).equals(bytes)).toBe(true);
      expect(await test.list()).toEqual(['same']);
    });

    it('forgets what is removed and says so', async () => {
      const bytes = randomBytes(10);
      await test.blobs.write('gone', toPieces(bytes), expectedOf(bytes));
      await test.blobs.remove('gone');
      await test.blobs.remove('gone');
      expect(await test.blobs.find('gone')).toBeUndefined();
      await expect(test.blobs.read('gone')).rejects.toMatchObject({ code: 'COAIA-0702' });
    });

    it('holds an empty file', async () => {
      const bytes = new Uint8Array();
      await test.blobs.write('empty', toPieces(bytes), expectedOf(bytes));
      expect(await test.blobs.find('empty')).toBe(0);
      expect(await readAll(await test.blobs.read('empty'))).toHaveLength(0);
    });

    it.each(['../x', '/x', 'a/../b', 'a//b', '', 'A', 'a/', 'a\0b', '.x'])(
      'refuses the name %j',
      async (bad) => {
        await expect(
          (async () =>
            test.blobs.write(bad, toPieces(new Uint8Array()), expectedOf(new Uint8Array())))(),
        ).rejects.toThrow('not a blob name');
        expect(await test.list()).toEqual([]);
      },
    );
  });
}
