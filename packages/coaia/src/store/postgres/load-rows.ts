/** Replaces the content of a Postgres store by rows, in one transaction. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { toStamp } from '../aside-name.ts';
import { TABLE_COLUMNS } from '../columns.ts';
import type { ColumnType } from '../columns.ts';
import { storeErrors } from '../errors.ts';
import { MIGRATIONS } from '../migrations/migrations.ts';
import type { RowBatch, RowSource } from '../row-batches.ts';
import { PRIMARY_KEYS } from '../tables.ts';
import { openClient, toLocation } from './client.ts';
import { toStoreError } from './engine-errors.ts';
import { applyMigration, migrateClient } from './migrate.ts';
import { toSafeCell } from './upsert.ts';

export interface PostgresReplacement {
  readonly rows: number;
  /** Schema that now holds the tables that were there before; undefined when there were none. */
  readonly keptAs: string | undefined;
}

/** Moves our tables into a schema of their own and fills new ones. Rejects with COAIA-0111 while a server is connected. */
export async function replaceWithRows(
  url: string,
  source: RowSource,
): Promise<PostgresReplacement> {
  const location = toLocation(url);
  const client = await openClient(url);
  try {
    await refuseWhileInUse(client, location);
    await client.query('BEGIN');
    const keptAs = await moveTablesAside(client);
    for (const migration of MIGRATIONS) {
      if (migration.version <= source.schemaVersion) await applyMigration(client, migration);
    }
    let rows = 0;
    for await (const batch of source.batches()) rows += await addRows(client, batch);
    await client.query(
      `SELECT setval(pg_get_serial_sequence('changes', 'seq'), (SELECT coalesce(max(seq), 0) + 1 FROM changes), false)`,
    );
    await client.query('COMMIT');
    await migrateClient(client);
    return { rows, keptAs };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw toStoreError(error, location);
  } finally {
    await client.end();
  }
}

/** A connection that was just closed is seen by others for a moment longer. */
const CLOSING_MS = 2000;

async function refuseWhileInUse(client: Client, location: string): Promise<void> {
  const end = performance.now() + CLOSING_MS;
  while (await isInUse(client)) {
    if (performance.now() > end) {
      throw storeErrors.create(
        'COAIA-0111',
        `A Coaia server or command is connected to ${location}; stop it before restoring.`,
        { hint: 'coaia down' },
      );
    }
    await sleep(50);
  }
}

async function isInUse(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'coaia' AND pid <> pg_backend_pid() LIMIT 1`,
  );
  return rows.length > 0;
}

async function moveTablesAside(client: Client): Promise<string | undefined> {
  const names = ['schema_migrations', ...Object.keys(PRIMARY_KEYS)];
  const { rows } = await client.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename = ANY ($1)',
    [names],
  );
  if (rows.length === 0) return undefined;
  const schema = await findFreeSchema(client);
  await client.query(`CREATE SCHEMA ${schema}`);
  for (const { name } of rows) await client.query(`ALTER TABLE ${name} SET SCHEMA ${schema}`);
  return schema;
}

async function findFreeSchema(client: Client): Promise<string> {
  const name = `before_restore_${toStamp().toLowerCase()}`;
  const { rows } = await client.query<{ name: string }>(
    'SELECT schema_name AS name FROM information_schema.schemata WHERE starts_with(schema_name, $1)',
    [name],
  );
  return rows.length === 0 ? name : `${name}_${rows.length + 1}`;
}

async function addRows(client: Client, { table, columns, rows }: RowBatch): Promise<number> {
  const types: Readonly<Record<string, ColumnType>> =
    TABLE_COLUMNS[table as keyof typeof TABLE_COLUMNS] ?? {};
  const names = columns.map((column) => `"${column}"`).join(', ');
  const values: unknown[] = [];
  const tuples = rows.map((row) => {
    const places = row.map((value, index) => {
      values.push(toSafeCell(value, types[columns[index] ?? '']));
      return `$${values.length}`;
    });
    return `(${places.join(', ')})`;
  });
  await client.query(`INSERT INTO ${table} (${names}) VALUES ${tuples.join(', ')}`, values);
  return rows.length;
}
