/** Brings a Postgres database to the schema of this program. */
import type { ClientBase } from 'pg';
import { MIGRATIONS } from '../migrations/migrations.ts';
import type { Migration } from '../migrations/migration.ts';
import { isMissingTable } from './engine-errors.ts';
import { LOCK_CLASS } from './transaction.ts';

/** A client or a whole pool. */
interface Queries {
  query(text: string): Promise<{ readonly rows: readonly unknown[] }>;
}

/** Buckets of ordinary keys end at 4095, so this number is free. */
const MIGRATION_LOCK = 1_000_000;

const HISTORY =
  'CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)';

/** Number of the last migration that ran; 0 in a database without our tables. */
export async function readSchemaVersion(client: Queries): Promise<number> {
  try {
    const result = await client.query(
      'SELECT coalesce(max(version), 0) AS version FROM schema_migrations',
    );
    // Not every caller's connection reads 64-bit numbers as numbers.
    return Number((result.rows as readonly { readonly version: unknown }[])[0]?.version ?? 0);
  } catch (error) {
    if (isMissingTable(error)) return 0;
    throw error;
  }
}

/** The version once nobody migrates any more: a store that is being created is older only for a moment. */
export async function readSettledVersion(client: ClientBase): Promise<number> {
  await client.query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS, MIGRATION_LOCK]);
  try {
    return await readSchemaVersion(client);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1, $2)', [LOCK_CLASS, MIGRATION_LOCK]);
  }
}

/** Runs what is missing, each migration in its own transaction; a second migrating process waits. */
export async function migrateClient(
  client: ClientBase,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<readonly number[]> {
  const applied: number[] = [];
  await client.query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS, MIGRATION_LOCK]);
  try {
    const version = await readSchemaVersion(client);
    for (const migration of migrations) {
      if (migration.version <= version) continue;
      await applyInTransaction(client, migration);
      applied.push(migration.version);
    }
  } finally {
    await client.query('SELECT pg_advisory_unlock($1, $2)', [LOCK_CLASS, MIGRATION_LOCK]);
  }
  return applied;
}

async function applyInTransaction(client: ClientBase, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await applyMigration(client, migration);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Statements of one migration and the note that they ran, in the caller's transaction. */
export async function applyMigration(client: ClientBase, migration: Migration): Promise<void> {
  await client.query(HISTORY);
  for (const statement of migration.postgres) await client.query(statement);
  await client.query(
    'INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)',
    [migration.version, migration.name, Date.now()],
  );
}
