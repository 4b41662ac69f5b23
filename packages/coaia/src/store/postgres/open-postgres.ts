/** Opens a Postgres database: checks address, version and schema, then hands out the Database. */
import type { PoolClient } from 'pg';
import type { Database } from '../database.ts';
import { storeErrors } from '../errors.ts';
import { LATEST_SCHEMA_VERSION } from '../migrations/migrations.ts';
import type { OpenOptions } from '../open-options.ts';
import { toMissingStoreError, toNewerStoreError, toOlderStoreError } from '../schema-version.ts';
import type { MigrateResult } from '../schema-version.ts';
import { openClient, toLocation } from './client.ts';
import { createPostgresDatabase } from './database.ts';
import { toStoreError } from './engine-errors.ts';
import { migrateClient, readSchemaVersion, readSettledVersion } from './migrate.ts';
import { openPools } from './pools.ts';

const OLDEST = 150_000;

/** Opens the database at `url`. Rejects with COAIA-0101, 0102, 0103, 0108, 0109 or 0110. */
export async function openPostgres(url: string, options: OpenOptions): Promise<Database> {
  const location = toLocation(url);
  const pools = openPools(url, options);
  try {
    const client = await pools.main.connect();
    let version: string;
    try {
      version = await checkVersion(client, location);
      await prepareSchema(client, location, options);
    } finally {
      client.release();
    }
    return createPostgresDatabase({ location, version, pools, options });
  } catch (error) {
    await pools.main.end();
    await pools.scans.end();
    throw toStoreError(error, location);
  }
}

async function checkVersion(client: PoolClient, location: string): Promise<string> {
  const result = await client.query(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`,
  );
  const row = result.rows[0] as { readonly version: string; readonly number: number };
  if (row.number >= OLDEST) return row.version;
  throw storeErrors.create(
    'COAIA-0103',
    `The database ${location} is Postgres ${row.version}; Coaia needs 15 or newer.`,
  );
}

async function prepareSchema(
  client: PoolClient,
  location: string,
  options: OpenOptions,
): Promise<void> {
  const seen = await readSchemaVersion(client);
  const isBetween = seen > 0 && seen < LATEST_SCHEMA_VERSION;
  const version = isBetween ? await readSettledVersion(client) : seen;
  if (version > LATEST_SCHEMA_VERSION) throw toNewerStoreError(location, version);
  if (version === LATEST_SCHEMA_VERSION) return;
  if (version === 0) {
    if (options.migrate === 'never') {
      throw toMissingStoreError(location);
    }
  } else if (options.migrate !== 'upgrade') throw toOlderStoreError(location, version);
  await migrateClient(client);
}

/** Migrates an existing store; see `migrateDatabase`. */
export async function upgradePostgres(url: string): Promise<MigrateResult> {
  const location = toLocation(url);
  const client = await openClient(url);
  try {
    const from = await readSchemaVersion(client);
    if (from === 0) throw toMissingStoreError(location);
    if (from > LATEST_SCHEMA_VERSION) throw toNewerStoreError(location, from);
    await migrateClient(client);
    return { from, to: LATEST_SCHEMA_VERSION, copy: undefined };
  } catch (error) {
    throw toStoreError(error, location);
  } finally {
    await client.end();
  }
}
