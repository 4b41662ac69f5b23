/** The Database over one SQLite file. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Database, ScanOptions, SqlRow, SqlValue, StoreInfo } from '../database.ts';
import { storeErrors } from '../errors.ts';
import { LATEST_SCHEMA_VERSION } from '../migrations/migrations.ts';
import type { OpenOptions } from '../open-options.ts';
import { openQueryBuilder } from '../query-builder.ts';
import { Checkpointer } from './checkpointer.ts';
import type { Connection } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { toStoreError } from './engine-errors.ts';
import { readSchemaVersion } from './migrate.ts';
import { Reads } from './reads.ts';
import { ScanPool } from './scan-pool.ts';
import { WriteQueue } from './write-queue.ts';

const BUSY_LIMIT_MS = 30_000;

/**
 * Takes over an open, current writer connection. Errors from here on may reach other people over HTTP, so they
 * name the file without its folder.
 */
export function createSqliteDatabase(
  path: string,
  writer: Connection,
  options: OpenOptions,
): Database {
  const parts = openParts(path, writer, options);
  const { queue, reads, scans } = parts;
  const name = basename(path);
  let isClosed = false;
  const refuseClosed = (): void => {
    if (isClosed) throw storeErrors.create('COAIA-0108', `The store ${name} is closed.`);
  };
  const database: Database = {
    dialect: sqliteDialect,
    async read<Row = SqlRow>(sql: string, parameters: readonly SqlValue[] = []) {
      refuseClosed();
      return reads.run(sql, parameters) as readonly Row[];
    },
    async scan<Row = SqlRow>(
      sql: string,
      parameters: readonly SqlValue[] = [],
      limits?: ScanOptions,
    ) {
      // One command has no event loop to keep free, and a helper process would cost it more than the query.
      if (scans === undefined) return database.read<Row>(sql, parameters);
      refuseClosed();
      try {
        return (await scans.run(sql, parameters, limits)) as readonly Row[];
      } catch (error) {
        throw toStoreError(error, name);
      }
    },
    async write(work) {
      refuseClosed();
      return queue.push(work);
    },
    query: () =>
      openQueryBuilder(sqliteDialect, (sql, parameters) => database.read(sql, parameters)),
    heavyQuery: (limits) =>
      openQueryBuilder(sqliteDialect, (sql, parameters) => database.scan(sql, parameters, limits)),
    changeToken: async () => String(reads.dataVersion()),
    info: async () => readInfo(path, writer, options, queue.commits),
    async close() {
      if (isClosed) return;
      isClosed = true;
      await closeParts(parts);
    },
  };
  return database;
}

interface Parts {
  readonly writer: Connection;
  readonly queue: WriteQueue;
  readonly reads: Reads;
  /** Only in a server. */
  readonly scans: ScanPool | undefined;
  readonly checkpointer: Checkpointer | undefined;
}

function openParts(path: string, writer: Connection, options: OpenOptions): Parts {
  const isServer = options.mode === 'server';
  const checkpointer =
    isServer && options.readOnly !== true ? new Checkpointer(path, writer) : undefined;
  const queue = new WriteQueue(writer, {
    name: basename(path),
    busyLimitMs: BUSY_LIMIT_MS,
    gather: isServer,
    afterCommit: () => checkpointer?.afterCommit(),
  });
  const reads = new Reads({
    path,
    writer,
    isWriting: () => queue.isInTransaction,
    cacheMegabytes: isServer ? 64 : 8,
  });
  return { writer, queue, reads, checkpointer, scans: isServer ? new ScanPool(path) : undefined };
}

async function closeParts({ writer, queue, reads, scans, checkpointer }: Parts): Promise<void> {
  scans?.close();
  await queue.drain();
  await checkpointer?.close();
  reads.close();
  writer.close();
}

function readInfo(
  path: string,
  writer: Connection,
  options: OpenOptions,
  commits: number,
): StoreInfo {
  return {
    dialect: 'sqlite',
    location: path,
    engineVersion: process.versions['sqlite'] ?? '',
    schemaVersion: readSchemaVersion(writer),
    latestSchemaVersion: LATEST_SCHEMA_VERSION,
    bytes: sizeOf(path),
    walBytes: sizeOf(`${path}-wal`),
    durability: options.durability ?? 'full',
    commits,
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
