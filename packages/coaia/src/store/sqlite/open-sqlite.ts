/** Opens the embedded store: checks place, engine and schema, then hands out the Database. */
import { existsSync } from 'node:fs';
import type { Database } from '../database.ts';
import { storeErrors } from '../errors.ts';
import { LATEST_SCHEMA_VERSION } from '../migrations/migrations.ts';
import type { OpenOptions } from '../open-options.ts';
import { toMissingStoreError, toNewerStoreError, toOlderStoreError } from '../schema-version.ts';
import type { MigrateResult } from '../schema-version.ts';
import { Connection } from './connection.ts';
import type { ConnectionOptions } from './connection.ts';
import { createSqliteDatabase } from './database.ts';
import { toStoreError } from './engine-errors.ts';
import { APPLICATION_ID, migrateConnection, readSchemaVersion } from './migrate.ts';
import { createStoreFile, hasStoreFile, notAStore } from './store-file.ts';
import { writeCopyBeforeMigration } from './before-migration.ts';

const OLDEST_SAFE = [3, 51, 3] as const;

/** Opens or creates the store at `path`. Rejects with COAIA-0101, 0102, 0103, 0106, 0108, 0109 or 0110. */
export async function openSqlite(path: string, options: OpenOptions): Promise<Database> {
  checkEngine(process.versions['sqlite'] ?? '0.0.0');
  const settings = toConnectionOptions(options);
  try {
    // Asked first: the log of a store that appears meanwhile is younger than the store.
    const hasLog = existsSync(`${path}-wal`);
    if (!hasStoreFile(path)) {
      if (hasLog) throw toOrphanError(path);
      if (options.migrate === 'never' || options.readOnly === true) {
        throw storeErrors.create('COAIA-0110', `There is no store at ${path}.`, {
          hint: 'coaia up',
        });
      }
      await createStoreFile(path, (temporary) => buildStore(temporary, settings));
    }
    const connection = new Connection(path, settings);
    try {
      await prepareSchema(connection, path, options);
      return createSqliteDatabase(path, connection, options);
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch (error) {
    throw toStoreError(error, path);
  }
}

/** A log without its store would be replayed into whatever store appears under that name. */
function toOrphanError(path: string) {
  return storeErrors.create(
    'COAIA-0106',
    `${path} is missing but its log ${path}-wal is there; somebody removed only one of them.`,
    { hint: `mv ${path}-wal ${path}-wal.other` },
  );
}

/** Refuses SQLite builds with the WAL-reset race (https://www.sqlite.org/wal.html#walresetbug). */
export function checkEngine(version: string): void {
  const parts = version.split('.').map(Number);
  for (const [index, least] of OLDEST_SAFE.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return;
    if (part < least) {
      throw storeErrors.create(
        'COAIA-0103',
        `This Node carries SQLite ${version}; Coaia needs ${OLDEST_SAFE.join('.')} or newer, because older ones can damage a store that several processes write.`,
        { hint: 'install Node 24 or newer' },
      );
    }
  }
}

function toConnectionOptions(options: OpenOptions): ConnectionOptions {
  return {
    readOnly: options.readOnly ?? false,
    busyTimeoutMs: options.mode === 'server' ? 10 : 100,
    durability: options.durability ?? 'full',
    cacheMegabytes: options.mode === 'server' ? 64 : 8,
  };
}

async function buildStore(path: string, options: ConnectionOptions): Promise<void> {
  const connection = new Connection(path, options);
  try {
    connection.db.exec('PRAGMA journal_mode = WAL');
    await migrateConnection(connection);
  } finally {
    connection.close();
  }
}

async function prepareSchema(
  connection: Connection,
  path: string,
  options: OpenOptions,
): Promise<void> {
  const version = checkIdentity(connection, path);
  // A restored or copied store may have left this mode; a reader takes it as it is.
  if (options.readOnly !== true) connection.db.exec('PRAGMA journal_mode = WAL');
  if (version === LATEST_SCHEMA_VERSION) return;
  if (options.migrate !== 'upgrade') throw toOlderStoreError(path, version);
  await upgrade(connection, path, version);
}

/** Schema version of a store of ours. Throws COAIA-0106 and COAIA-0101. */
function checkIdentity(connection: Connection, path: string): number {
  if (connection.number('PRAGMA application_id') !== APPLICATION_ID) {
    throw notAStore(path, 'it is a SQLite file of another program');
  }
  const version = readSchemaVersion(connection);
  if (version > LATEST_SCHEMA_VERSION) throw toNewerStoreError(path, version);
  return version;
}

async function upgrade(connection: Connection, path: string, version: number): Promise<string> {
  const copy = await writeCopyBeforeMigration(connection, path, version);
  await migrateConnection(connection);
  return copy;
}

/** Migrates an existing store; see `migrateDatabase`. */
export async function upgradeSqlite(path: string): Promise<MigrateResult> {
  const to = LATEST_SCHEMA_VERSION;
  try {
    if (!hasStoreFile(path)) throw toMissingStoreError(path);
    const connection = new Connection(
      path,
      toConnectionOptions({ mode: 'process', migrate: 'upgrade' }),
    );
    try {
      const from = checkIdentity(connection, path);
      return { from, to, copy: from === to ? undefined : await upgrade(connection, path, from) };
    } finally {
      connection.close();
    }
  } catch (error) {
    throw toStoreError(error, path);
  }
}
