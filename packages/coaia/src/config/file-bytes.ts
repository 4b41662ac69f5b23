/** Files that a command line names: read and written as they are. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { commonErrors } from '#base';

/** The bytes of a file; relative names begin at `cwd`. COAIA-0008. */
export async function readFileBytes(path: string, cwd: string): Promise<Buffer> {
  try {
    return await readFile(resolve(cwd, path));
  } catch (error) {
    throw toFailure(path, 'read', error);
  }
}

/** Writes a file that appears whole or not at all, with the mode that new files have. COAIA-0008. */
export async function writeFileBytes(path: string, cwd: string, bytes: Uint8Array): Promise<void> {
  const target = resolve(cwd, path);
  const part = `${target}.${randomUUID().slice(0, 8)}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw toFailure(path, 'written', error);
  }
}

function toFailure(path: string, what: 'read' | 'written', error: unknown) {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  const reason = code === 'ENOENT' && what === 'read' ? 'it does not exist' : code;
  return commonErrors.create('COAIA-0008', `${path} cannot be ${what} (${reason}).`, {
    cause: error,
  });
}
