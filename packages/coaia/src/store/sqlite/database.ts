/** The Database over one SQLite file. */
import { statSync } from 'node:fs';
import type { Database, ScanOptions, SqlRow, SqlValue, StoreInfo } from '../database.ts';
import { storeErrors } from '../errors.ts';
import { LATEST_SCHEMA_VERSION } from '../migrations/migrations.ts';
import type { OpenOptions } from '../open-options.ts';
import { openQueryBuilder } from '../query-builder.ts';
import { Checkpointer } from './checkpointer.ts';
import { Connection } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { toStoreError } from './engine-errors.ts';
import { readSchemaVersion } from './migrate.ts';
import { ScanPool } from './scan-pool.ts';
import { WriteQueue } from './write-queue.ts';

const BUSY_LIMIT_MS = 30_000;

/** Takes over an open, current writer connection. */
export function createSqliteDatabase(
  path: string,
  writer: Connection,
  options: OpenOptions,
): Database {
  const isServer = options.mode === 'server';
  const checkpointer =
    isServer && options.readOnly !== true ? new Checkpointer(path, writer) : undefined;
  const scans = isServer ? new ScanPool(path) : undefined;
  const queue = new WriteQueue(writer, {
    path,
    busyLimitMs: BUSY_LIMIT_MS,
    gather: isServer,
    afterCommit: () => checkpointer?.afterCommit(),
  });
  let second: Connection | undefined;
  let isClosed = false;

  const openReader = (): Connection => {
    second ??= new Connection(path, {
      readOnly: true,
      busyTimeoutMs: 1000,
      durability: 'full',
      cacheMegabytes: isServer ? 64 : 8,
    });
    return second;
  };

  const readNow = <Row>(sql: string, parameters: readonly SqlValue[]): readonly Row[] => {
    if (isClosed) throw storeErrors.create('COAIA-0108', `The store ${path} is closed.`);
    // Between transactions the writer's page cache is the warmest; inside one it would show uncommitted rows.
    const connection = queue.isInTransaction ? openReader() : writer;
    try {
      return connection.all(sql, parameters) as readonly Row[];
    } catch (error) {
      throw toStoreError(error, path);
    }
  };

  const database: Database = {
    dialect: sqliteDialect,
    async read<Row = SqlRow>(sql: string, parameters: readonly SqlValue[] = []) {
      return readNow<Row>(sql, parameters);
    },
    async scan<Row = SqlRow>(
      sql: string,
      parameters: readonly SqlValue[] = [],
      limits?: ScanOptions,
    ) {
      // One command has no event loop to keep free, and a helper process would cost it more than the query.
      if (scans === undefined) return readNow<Row>(sql, parameters);
      try {
        return (await scans.run(sql, parameters, limits)) as readonly Row[];
      } catch (error) {
        throw toStoreError(error, path);
      }
    },
    async write(work) {
      if (isClosed) throw storeErrors.create('COAIA-0108', `The store ${path} is closed.`);
      return queue.push(work);
    },
    query: () =>
      openQueryBuilder(sqliteDialect, (sql, parameters) => database.read(sql, parameters)),
    heavyQuery: (scan) =>
      openQueryBuilder(sqliteDialect, (sql, parameters) => database.scan(sql, parameters, scan)),
    async changeToken() {
      return String(openReader().number('PRAGMA data_version'));
    },
    async info() {
      return readInfo(path, writer, options, queue);
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      scans?.close();
      await queue.drain();
      await checkpointer?.close();
      second?.close();
      writer.close();
    },
  };
  return database;
}

function readInfo(
  path: string,
  writer: Connection,
  options: OpenOptions,
  queue: WriteQueue,
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
    commits: queue.commits,
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
