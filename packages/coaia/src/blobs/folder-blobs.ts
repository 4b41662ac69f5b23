/** Blobs as files of one folder: `<root>/<name>`, with half-written ones apart in `<root>/tmp`. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { isCoaiaError } from '#base';
import { checkBlobName } from './blob-store.ts';
import type { BlobStore, CheckName, ExpectedBytes } from './blob-store.ts';
import { toChecked } from './checked-source.ts';
import { blobErrors } from './errors.ts';

/** Opens the folder; nothing is made before the first write. */
export function openFolderBlobs(root: string, checkName: CheckName = checkBlobName): BlobStore {
  const toPath = (name: string) => {
    checkName(name);
    return join(root, name);
  };
  return {
    find: (name) => findLength(toPath(name)),
    async write(name, source, expected) {
      const path = toPath(name);
      const part = join(root, 'tmp', randomUUID());
      try {
        await writePart(await openPart(part), source, expected);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(part, path);
        await syncFolder(dirname(path));
      } catch (error) {
        await rm(part, { force: true });
        throw toWriteError(error, root);
      }
    },
    async read(name, range) {
      const path = toPath(name);
      if ((await findLength(path)) === undefined)
        throw blobErrors.create('COAIA-0702', 'The bytes of this file are not stored here.');
      const part = range === undefined ? {} : { start: range.first, end: range.last };
      return Readable.toWeb(createReadStream(path, part)) as ReadableStream<Uint8Array>;
    },
    remove: (name) => rm(toPath(name), { force: true }),
  };
}

async function findLength(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Tries of making a file in a folder that others may remove when it is empty. */
const TRIES = 100;

async function openPart(path: string): Promise<FileHandle> {
  for (let left = TRIES; ; left--) {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      return await open(path, 'wx', 0o600);
    } catch (error) {
      // Between the two, or in the middle of the first, whoever ended a file before took the empty folder away.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || left === 0) throw error;
    }
  }
}

async function writePart(
  file: FileHandle,
  source: AsyncIterable<Uint8Array>,
  expected: ExpectedBytes,
): Promise<void> {
  try {
    for await (const piece of toChecked(source, expected)) await file.appendFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EFBIG']);

function toWriteError(error: unknown, root: string): unknown {
  if (isCoaiaError(error)) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!NO_ROOM.has(code)) return error;
  return blobErrors.create('COAIA-0701', `${root} cannot take the file (${code}).`, {
    cause: error,
    hint: 'coaia doctor',
  });
}

/** A rename is durable once its folder is. Windows cannot open folders and needs no sync. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
