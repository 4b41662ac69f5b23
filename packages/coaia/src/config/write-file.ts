/** Writes a whole file in one step: others see the old content or the new, also after a power cut. */
import {
  closeSync,
  fsyncSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { configErrors } from './errors.ts';
import { createFolder } from './home.ts';
import { runLocked, takeLock } from './lock.ts';

/** The file behind a link, so that a linked settings file stays a link. */
function toRealPath(path: string): string {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return path;
  }
}

function failWriting(path: string, error: unknown) {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return configErrors.create('COAIA-0206', `${path} cannot be written (${code}).`, {
    cause: error,
  });
}

/**
 * Replaces the content; mode 0600, or what the file had unless `isPrivate`. Throws COAIA-0206; the old file is then
 * untouched.
 */
export function writeWholeFile(path: string, text: string, isPrivate = false): void {
  const target = toRealPath(path);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  const mode = isPrivate ? 0o600 : (statSync(target, { throwIfNoEntry: false })?.mode ?? 0o600);
  try {
    const file = openSync(temporary, 'w', mode & 0o777);
    try {
      const bytes = Buffer.from(text, 'utf8');
      let offset = 0;
      while (offset < bytes.length) offset += writeSync(file, bytes, offset);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
    syncFolder(dirname(target));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw failWriting(path, error);
  }
}

/** Makes the rename itself durable; not possible, and not needed, on Windows. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * Changes a file while no other Coaia does: `change` gets nothing, reads, and returns the new text, or undefined
 * to leave the file as it is. The lock lies beside the file. Many processes at once lose nothing.
 */
export function updateFile(path: string, change: () => string | undefined): void {
  const target = toRealPath(path);
  createFolder(dirname(target));
  runLocked(join(dirname(target), `.${basename(target)}.lock`), () => {
    const text = change();
    if (text !== undefined) writeWholeFile(target, text);
  });
}

/** The same for a change that has to wait for something, and the file is readable for its owner only. */
export async function updatePrivateFile(
  path: string,
  change: () => Promise<string | undefined>,
): Promise<void> {
  const target = toRealPath(path);
  createFolder(dirname(target));
  const release = takeLock(join(dirname(target), `.${basename(target)}.lock`));
  try {
    const text = await change();
    if (text !== undefined) writeWholeFile(target, text, true);
  } finally {
    release();
  }
}
