/** Copies a store while others use it. */
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { storeErrors } from '../errors.ts';
import type { StoreLocation } from '../open-options.ts';
import type { RowSource } from '../row-batches.ts';

export interface BackupOptions {
  /** Path of the backup. */
  readonly file: string;
  /** `sqlite`: a store file, only from SQLite. `portable`: rows that both databases can restore. */
  readonly format: 'sqlite' | 'portable';
  /** Replaces a file that is already there. */
  readonly force?: boolean;
}

export interface BackupResult {
  readonly file: string;
  readonly format: 'sqlite' | 'portable';
  readonly bytes: number;
  /** Only known for portable backups. */
  readonly rows: number | undefined;
}

/**
 * Writes a copy as of one moment, under a temporary name until it is whole and on disk. Contains every write
 * that was acknowledged before the call. Rejects with COAIA-0111 when the file exists.
 */
export async function backupDatabase(
  location: StoreLocation,
  options: BackupOptions,
): Promise<BackupResult> {
  const { file, format } = options;
  if (existsSync(file) && options.force !== true) {
    throw storeErrors.create('COAIA-0111', `${file} already exists and was not overwritten.`, {
      hint: 'add --force, or choose another file name',
    });
  }
  if (location.kind === 'postgres' && format === 'sqlite') {
    throw storeErrors.create(
      'COAIA-0112',
      'A Postgres store has no SQLite file; its backup is portable.',
      {
        hint: 'coaia db backup --format portable',
      },
    );
  }
  const temporary = `${file}.partial-${process.pid}`;
  try {
    const rows = await writeBackup(location, format, temporary);
    renameSync(temporary, file);
    const { syncFolder } = await import('../sqlite/store-file.ts');
    syncFolder(dirname(file));
    return { file, format, bytes: statSync(file).size, rows };
  } catch (error) {
    throw toFileError(error, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** What the file system says about the place of the backup, in a sentence. */
function toFileError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  const cause = { cause: error };
  if (error.code === 'ENOSPC') {
    return storeErrors.create('COAIA-0105', `The disk is full; ${file} was not written.`, cause);
  }
  return storeErrors.create(
    'COAIA-0109',
    `${file} cannot be written (${String(error.code)}).`,
    cause,
  );
}

async function writeBackup(
  location: StoreLocation,
  format: 'sqlite' | 'portable',
  temporary: string,
): Promise<number | undefined> {
  if (format === 'sqlite' && location.kind === 'sqlite') {
    const { copyStore } = await import('../sqlite/copy-store.ts');
    closeSync(openSync(temporary, 'wx', 0o600));
    await copyStore(location.path, temporary);
    return undefined;
  }
  const source = await openRowSource(location);
  try {
    const { writeDump } = await import('./dump.ts');
    return await writeDump(source, temporary);
  } finally {
    await source.close();
  }
}

async function openRowSource(location: StoreLocation): Promise<RowSource> {
  if (location.kind === 'sqlite') {
    return (await import('../sqlite/snapshot.ts')).openSqliteSnapshot(location.path);
  }
  return (await import('../postgres/snapshot.ts')).openPostgresSnapshot(location.url);
}
