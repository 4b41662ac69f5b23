/** Looks at the place of a store before SQLite touches it, and creates a new one whole or not at all. */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { createObservationId } from '#base';
import { storeErrors } from '../errors.ts';

const MAGIC = 'SQLite format 3\0';

/** Fails with COAIA-0106 unless the path is free (false) or a file that begins like SQLite's (true). Changes nothing. */
export function hasStoreFile(path: string): boolean {
  const link = statOf(() => lstatSync(path));
  if (link === undefined) return false;
  const target = link.isSymbolicLink() ? statOf(() => statSync(path)) : link;
  if (target === undefined) throw notAStore(path, 'it is a symbolic link that points nowhere');
  if (target.isDirectory()) throw notAStore(path, 'it is a directory');
  if (!target.isFile()) throw notAStore(path, 'it is not a regular file');
  if (target.size === 0) throw notAStore(path, 'it is empty');
  if (readHead(path) !== MAGIC) throw notAStore(path, 'it does not begin as a SQLite file does');
  closeToOthers(path, target);
  return true;
}

/** Stores hold prompts and keys: a file that others can read is closed to them, where it is ours. */
function closeToOthers(path: string, stats: Stats): void {
  if ((stats.mode & 0o077) === 0 || process.platform === 'win32') return;
  if (process.getuid?.() !== stats.uid) return;
  try {
    chmodSync(path, 0o600);
  } catch {
    // A read-only file system keeps its modes; reading is still possible.
  }
}

export function notAStore(path: string, reason: string) {
  return storeErrors.create(
    'COAIA-0106',
    `${path} is not a Coaia store: ${reason}. It was not changed.`,
    {
      hint: `mv ${path} ${path}.other`,
    },
  );
}

function statOf(read: () => Stats): Stats | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw storeErrors.create('COAIA-0108', `The store cannot be looked at: ${String(error)}.`, {
      cause: error,
    });
  }
}

function readHead(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw storeErrors.create('COAIA-0109', `${path} cannot be read: ${String(error)}.`, {
      cause: error,
    });
  }
  try {
    const head = Buffer.alloc(MAGIC.length);
    readSync(file, head, 0, head.length, 0);
    return head.toString('latin1');
  } finally {
    closeSync(file);
  }
}

/**
 * Lets `build` fill a new file beside `path` and then gives it its name in one step, so that a crash or a full
 * disk never leaves half a store. When another process was faster its store stays and ours is dropped.
 */
export async function createStoreFile(
  path: string,
  build: (temporary: string) => Promise<void>,
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.new-${process.pid}-${createObservationId()}`;
  closeSync(openSync(temporary, 'wx', 0o600));
  try {
    await build(temporary);
    linkSync(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    for (const ending of ['', '-wal', '-shm', '-journal'])
      rmSync(temporary + ending, { force: true });
  }
}

/** Makes a new or renamed name durable; not every file system allows it, and then it is not needed. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } catch {
    // Some network file systems refuse to sync a folder.
  } finally {
    closeSync(file);
  }
}
