/** Puts another store in the place of a SQLite store. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { isCoaiaError } from '#base';
import { findFreeName } from '../aside-name.ts';
import { storeErrors } from '../errors.ts';
import { LATEST_SCHEMA_VERSION } from '../migrations/migrations.ts';
import type { RowSource } from '../row-batches.ts';
import { toNewerStoreError } from '../schema-version.ts';
import { Connection } from './connection.ts';
import { findResultCode, isBusy } from './engine-errors.ts';
import { syncFile, writeRowsToFile } from './load-rows.ts';
import { APPLICATION_ID, readSchemaVersion } from './migrate.ts';
import { syncFolder } from './store-file.ts';

const OPTIONS = {
  readOnly: false,
  busyTimeoutMs: 5000,
  durability: 'full',
  cacheMegabytes: 8,
} as const;

/** Restores a store file; returns where the old store is kept, undefined when there was none. */
export async function restoreStoreFile(path: string, file: string): Promise<string | undefined> {
  return withTemporary(path, async (temporary) => {
    copyFileSync(file, temporary);
    chmodSync(temporary, 0o600);
    verifyStore(temporary, file);
    syncFile(temporary);
    return replaceStore(path, temporary);
  });
}

/** Restores from rows, as `restoreStoreFile`. */
export async function restoreRows(
  path: string,
  source: RowSource,
): Promise<{ readonly rows: number; readonly keptAs: string | undefined }> {
  return withTemporary(path, async (temporary) => {
    const rows = await writeRowsToFile(temporary, source);
    verifyStore(temporary, 'the restored copy');
    return { rows, keptAs: replaceStore(path, temporary) };
  });
}

async function withTemporary<T>(path: string, run: (temporary: string) => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.restore-${process.pid}-${randomBytes(4).toString('hex')}`;
  closeSync(openSync(temporary, 'wx', 0o600));
  try {
    return await run(temporary);
  } finally {
    for (const ending of ['', '-wal', '-shm', '-journal'])
      rmSync(temporary + ending, { force: true });
  }
}

/** Reads every page and every row of a copy. Throws COAIA-0112 or COAIA-0101, naming the original file. */
function verifyStore(path: string, original: string): void {
  const fail = (reason: string, cause?: unknown) =>
    storeErrors.create('COAIA-0112', `${original} is not a usable backup: ${reason}.`, { cause });
  let connection: Connection | undefined;
  try {
    connection = new Connection(path, OPTIONS);
    if (connection.number('PRAGMA application_id') !== APPLICATION_ID) {
      throw fail('it is a SQLite file of another program');
    }
    const version = readSchemaVersion(connection);
    if (version > LATEST_SCHEMA_VERSION) throw toNewerStoreError(original, version);
    const finding = Object.values(
      connection.all('PRAGMA integrity_check(1)')[0] as object,
    )[0] as unknown;
    if (finding !== 'ok') throw fail(`it is damaged (${String(finding)})`);
    if (connection.all('PRAGMA foreign_key_check').length > 0)
      throw fail('its keys do not fit together');
  } catch (error) {
    throw isCoaiaError(error) || findResultCode(error) === undefined
      ? error
      : fail(`it is damaged (${error instanceof Error ? error.message : ''})`, error);
  } finally {
    connection?.close();
  }
}

/** The new file takes the name in one step; the old one keeps existing under another name. */
function replaceStore(path: string, temporary: string): string | undefined {
  const hasOld = existsSync(path);
  const kept = findFreeName(path, 'before-restore');
  if (hasOld) {
    settleOldStore(path);
    linkOrMove(path, kept);
  }
  // What a damaged store left in its log belongs to it; the new store must not meet it.
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${kept}-wal`);
  rmSync(`${path}-shm`, { force: true });
  renameSync(temporary, path);
  syncFolder(dirname(path));
  return hasOld ? kept : undefined;
}

/** Moves the log into the old store and proves that nobody has it open; a damaged one is left as it is. */
function settleOldStore(path: string): void {
  let connection: Connection | undefined;
  try {
    connection = new Connection(path, OPTIONS);
    // Leaving WAL mode is only allowed to the one connection that is left, and it removes the log.
    connection.db.exec('PRAGMA journal_mode = DELETE');
  } catch (error) {
    if (!isBusy(error)) return;
    throw storeErrors.create(
      'COAIA-0111',
      `${path} is in use by another process; stop it before restoring.`,
      {
        cause: error,
        hint: 'coaia down',
      },
    );
  } finally {
    connection?.close();
  }
}

function linkOrMove(path: string, kept: string): void {
  try {
    linkSync(path, kept);
  } catch {
    // A directory, or a file system without links: then there is a moment without a store.
    renameSync(path, kept);
  }
}
