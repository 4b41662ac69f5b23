/** All rows of a Postgres store as of one moment. */
import type { Client } from 'pg';
import { listColumns } from '../columns.ts';
import type { SqlValue } from '../database.ts';
import { storeErrors } from '../errors.ts';
import { LATEST_SCHEMA_VERSION } from '../migrations/migrations.ts';
import { BATCH_ROWS } from '../row-batches.ts';
import type { RowBatch, RowSource } from '../row-batches.ts';
import { toNewerStoreError, toOlderStoreError } from '../schema-version.ts';
import { PRIMARY_KEYS } from '../tables.ts';
import type { Tables } from '../tables.ts';
import { openClient, toLocation } from './client.ts';
import { toStoreError } from './engine-errors.ts';
import { readSchemaVersion } from './migrate.ts';

/** One repeatable-read transaction that lasts until closed; writers go on meanwhile. */
export async function openPostgresSnapshot(url: string): Promise<RowSource> {
  const location = toLocation(url);
  const client = await openClient(url);
  try {
    const schemaVersion = await readSchemaVersion(client);
    if (schemaVersion === 0) {
      throw storeErrors.create('COAIA-0110', `There is no store in the database ${location}.`);
    }
    if (schemaVersion > LATEST_SCHEMA_VERSION) throw toNewerStoreError(location, schemaVersion);
    if (schemaVersion < LATEST_SCHEMA_VERSION) throw toOlderStoreError(location, schemaVersion);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return { schemaVersion, batches: () => readBatches(client), close: () => client.end() };
  } catch (error) {
    await client.end();
    throw toStoreError(error, location);
  }
}

async function* readBatches(client: Client): AsyncIterable<RowBatch> {
  for (const table of Object.keys(PRIMARY_KEYS) as (keyof Tables)[]) {
    const columns = listColumns(table);
    const names = columns.map((column) => `"${column}"`).join(', ');
    await client.query(`DECLARE dump NO SCROLL CURSOR FOR SELECT ${names} FROM ${table}`);
    for (;;) {
      const { rows } = await client.query<SqlValue[]>({
        text: `FETCH ${BATCH_ROWS} FROM dump`,
        rowMode: 'array',
      });
      if (rows.length > 0) yield { table, columns, rows };
      if (rows.length < BATCH_ROWS) break;
    }
    await client.query('CLOSE dump');
  }
}
