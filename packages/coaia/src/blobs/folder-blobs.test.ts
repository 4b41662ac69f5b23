import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { openFolderBlobs } from './folder-blobs.ts';
import { describeBlobStore } from './testing/blob-store.testsuite.ts';

async function listFiles(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

describeBlobStore('a folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'coaia-blobs-'));
  return {
    blobs: openFolderBlobs(root),
    list: () => listFiles(root),
    close: () => rm(root, { recursive: true, force: true }),
  };
});

const EMPTY = {
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  length: 0,
};

async function* noBytes(): AsyncIterable<Uint8Array> {
  yield new Uint8Array();
}

it('makes files for the owner only', async () => {
  const root = await mkdtemp(join(tmpdir(), 'coaia-blobs-'));
  await openFolderBlobs(root).write('a/b', noBytes(), EMPTY);
  expect((await stat(join(root, 'a/b'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(root, 'a'))).mode & 0o777).toBe(0o700);
  await rm(root, { recursive: true });
});

it.skipIf(process.getuid?.() === 0)('names a folder that cannot be written', async () => {
  const root = await mkdtemp(join(tmpdir(), `coaia-blobs-${randomBytes(3).toString('hex')}-`));
  await chmod(root, 0o500);
  await expect(openFolderBlobs(root).write('a', noBytes(), EMPTY)).rejects.toMatchObject({
    code: 'COAIA-0701',
  });
  await rm(root, { recursive: true });
});

it('writes while somebody else takes the empty folder of half-written files away', async () => {
  const root = await mkdtemp(join(tmpdir(), 'coaia-blobs-'));
  const blobs = openFolderBlobs(root);
  const names = Array.from({ length: 300 }, (_, index) => `made-${index}`);
  let isOver = false;
  const remove = async () => {
    while (!isOver) await rmdir(join(root, 'tmp')).catch(() => undefined);
  };
  const removers = [remove(), remove()];
  try {
    for (let from = 0; from < names.length; from += 10)
      await Promise.all(
        names.slice(from, from + 10).map((name) => blobs.write(name, noBytes(), EMPTY)),
      );
  } finally {
    isOver = true;
    await Promise.all(removers);
  }
  expect(await listFiles(root)).toHaveLength(names.length);
  await rm(root, { recursive: true });
});
