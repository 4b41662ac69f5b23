/** Puts a backup in the place of a store. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { storeErrors } from '../errors.ts';
import type { StoreLocation } from '../open-options.ts';
import type { RowSource } from '../row-batches.ts';
import { readServerLock } from '../server-lock.ts';
import { openDump, toDamagedError } from './dump.ts';

export interface RestoreResult {
  readonly format: 'sqlite' | 'portable';
  /** Where the store that was there before is now: a path, or a schema of the database. */
  readonly keptAs: string | undefined;
  readonly rows: number | undefined;
}

/**
 * Checks the backup completely, then replaces the store in one step and keeps the old one beside it. Rejects
 * with COAIA-0112 for an unusable file and COAIA-0111 while a server runs; then nothing was changed.
 * `home` is the folder whose server must not be running.
 */
export async function restoreDatabase(
  location: StoreLocation,
  options: { readonly file: string; readonly home?: string },
): Promise<RestoreResult> {
  refuseWhileServed(
    options.home ?? (location.kind === 'sqlite' ? dirname(location.path) : undefined),
  );
  const format = findFormat(options.file);
  if (format === 'sqlite' && location.kind === 'sqlite') {
    const { restoreStoreFile } = await import('../sqlite/replace-store.ts');
    return { format, rows: undefined, keptAs: await restoreStoreFile(location.path, options.file) };
  }
  const source = await openSource(options.file, format);
  try {
    if (location.kind === 'sqlite') {
      const { restoreRows } = await import('../sqlite/replace-store.ts');
      return { format, ...(await restoreRows(location.path, source)) };
    }
    const { replaceWithRows } = await import('../postgres/load-rows.ts');
    return { format, ...(await replaceWithRows(location.url, source)) };
  } finally {
    await source.close();
  }
}

async function openSource(file: string, format: 'sqlite' | 'portable'): Promise<RowSource> {
  if (format === 'portable') return openDump(file);
  return (await import('../sqlite/snapshot.ts')).openSqliteSnapshot(file);
}

function refuseWhileServed(home: string | undefined): void {
  const server = home === undefined ? undefined : readServerLock(home);
  if (server === undefined) return;
  throw storeErrors.create(
    'COAIA-0111',
    `A Coaia server (process ${server.pid}) uses this store; stop it before restoring.`,
    { hint: 'coaia down' },
  );
}

/** Tells the two kinds of backup apart by their first bytes. */
function findFormat(file: string): 'sqlite' | 'portable' {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) throw storeErrors.create('COAIA-0110', `There is no file ${file}.`);
  if (!stats.isFile()) throw toDamagedError(file, 'it is not a file');
  const head = Buffer.alloc(16);
  const opened = openSync(file, 'r');
  try {
    readSync(opened, head, 0, head.length, 0);
  } finally {
    closeSync(opened);
  }
  if (head.toString('latin1') === 'SQLite format 3\0') return 'sqlite';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'portable';
  throw toDamagedError(file, 'it is neither a store file nor a portable backup');
}
