/** Builds a SQLite store from rows. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { MIGRATIONS } from '../migrations/migrations.ts';
import type { RowBatch, RowSource } from '../row-batches.ts';
import { Connection } from './connection.ts';
import { migrateConnection } from './migrate.ts';

/**
 * Fills the new file at `path` with the rows and brings it to the newest schema. Not safe against a crash while
 * it runs, so the file must get its real name only afterwards. Returns the number of rows.
 */
export async function writeRowsToFile(path: string, source: RowSource): Promise<number> {
  const connection = new Connection(path, {
    readOnly: false,
    busyTimeoutMs: 1000,
    durability: 'full',
    cacheMegabytes: 64,
  });
  try {
    connection.db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
    await migrateConnection(
      connection,
      MIGRATIONS.filter((migration) => migration.version <= source.schemaVersion),
    );
    connection.db.exec('BEGIN');
    let count = 0;
    for await (const batch of source.batches()) count += addRows(connection, batch);
    connection.db.exec('COMMIT');
    connection.db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    await migrateConnection(connection);
    return count;
  } finally {
    connection.close();
    syncFile(path);
  }
}

function addRows(connection: Connection, { table, columns, rows }: RowBatch): number {
  const names = columns.map((column) => `"${column}"`).join(', ');
  const statement = connection.prepare(
    `INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  for (const row of rows) statement.run(...row);
  return rows.length;
}

/** Makes the content of a file durable. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
