/** Brings a SQLite file to the schema of this program. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MIGRATIONS } from '../migrations/migrations.ts';
import type { Migration } from '../migrations/migration.ts';
import type { Connection } from './connection.ts';
import { isBusy } from './engine-errors.ts';

/** "Coai": marks the file as ours in SQLite's own header field. */
export const APPLICATION_ID = 0x436f6169;

const HISTORY =
  'CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT';

/** Number of the last migration that ran; 0 in a new file. Read from the header, so it costs one page. */
export function readSchemaVersion(connection: Connection): number {
  return connection.number('PRAGMA user_version');
}

/**
 * Runs what is missing, each migration in a transaction of its own. A second process that migrates at the same
 * time waits and then finds the work done. Returns the versions that this call applied.
 */
export async function migrateConnection(
  connection: Connection,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<readonly number[]> {
  const applied: number[] = [];
  for (const migration of migrations) {
    if (readSchemaVersion(connection) >= migration.version) continue;
    await beginExclusive(connection);
    try {
      if (readSchemaVersion(connection) < migration.version) {
        applyMigration(connection, migration);
        applied.push(migration.version);
      }
      connection.db.exec('COMMIT');
    } catch (error) {
      if (connection.db.isTransaction) connection.db.exec('ROLLBACK');
      throw error;
    }
  }
  return applied;
}

function applyMigration(connection: Connection, migration: Migration): void {
  connection.db.exec(HISTORY);
  for (const statement of migration.sqlite) connection.db.exec(statement);
  connection.db
    .prepare('INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, ?, ?)')
    .run(migration.version, migration.name, Date.now());
  connection.db.exec(
    `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migration.version}`,
  );
}

/** A migration may wait long for another one, so it tries for ten minutes. */
async function beginExclusive(connection: Connection): Promise<void> {
  const end = performance.now() + 600_000;
  for (;;) {
    try {
      connection.db.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
    }
    await sleep(20 + Math.random() * 60);
  }
}
