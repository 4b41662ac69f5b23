/** All rows of a SQLite store as of one moment. */
import { listColumns } from '../columns.ts';
import type { SqlValue } from '../database.ts';
import { storeErrors } from '../errors.ts';
import { LATEST_SCHEMA_VERSION } from '../migrations/migrations.ts';
import { BATCH_ROWS } from '../row-batches.ts';
import type { RowBatch, RowSource } from '../row-batches.ts';
import { toNewerStoreError, toOlderStoreError } from '../schema-version.ts';
import { PRIMARY_KEYS } from '../tables.ts';
import type { Tables } from '../tables.ts';
import { Connection } from './connection.ts';
import { toStoreError } from './engine-errors.ts';
import { APPLICATION_ID, readSchemaVersion } from './migrate.ts';
import { hasStoreFile, notAStore } from './store-file.ts';

/** Holds a read transaction until closed; writers go on meanwhile. */
export function openSqliteSnapshot(path: string): RowSource {
  if (!hasStoreFile(path)) throw storeErrors.create('COAIA-0110', `There is no store at ${path}.`);
  const connection = new Connection(path, {
    readOnly: true,
    busyTimeoutMs: 5000,
    durability: 'full',
    cacheMegabytes: 8,
  });
  try {
    connection.db.exec('BEGIN');
    const schemaVersion = readSchemaVersion(connection);
    if (connection.number('PRAGMA application_id') !== APPLICATION_ID) {
      throw notAStore(path, 'it is a SQLite file of another program');
    }
    if (schemaVersion > LATEST_SCHEMA_VERSION) throw toNewerStoreError(path, schemaVersion);
    if (schemaVersion < LATEST_SCHEMA_VERSION) throw toOlderStoreError(path, schemaVersion);
    return {
      schemaVersion,
      batches: () => readBatches(connection),
      close: async () => connection.close(),
    };
  } catch (error) {
    connection.close();
    throw toStoreError(error, path);
  }
}

async function* readBatches(connection: Connection): AsyncIterable<RowBatch> {
  for (const table of Object.keys(PRIMARY_KEYS) as (keyof Tables)[]) {
    const columns = listColumns(table);
    const names = columns.map((column) => `"${column}"`).join(', ');
    const statement = connection.db.prepare(`SELECT ${names} FROM ${table}`);
    statement.setReturnArrays(true);
    let rows: SqlValue[][] = [];
    for (const row of statement.iterate()) {
      rows.push(row as unknown as SqlValue[]);
      if (rows.length < BATCH_ROWS) continue;
      yield { table, columns, rows };
      rows = [];
    }
    if (rows.length > 0) yield { table, columns, rows };
  }
}
