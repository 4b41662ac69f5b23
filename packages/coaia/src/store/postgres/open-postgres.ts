/** Opens a Postgres database: checks address, version and schema, then hands out the Database. */
import pg from 'pg';
import type { Pool, PoolClient } from 'pg';
import type { Database } from '../database.ts';
import { storeErrors } from '../errors.ts';
import { LATEST_SCHEMA_VERSION } from '../migrations/migrations.ts';
import type { OpenOptions } from '../open-options.ts';
import { toNewerStoreError, toOlderStoreError } from '../schema-version.ts';
import { createPostgresDatabase } from './database.ts';
import { toStoreError } from './engine-errors.ts';
import { migrateClient, readSchemaVersion } from './migrate.ts';
import { openTypes } from './values.ts';

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

/** Scans have connections of their own, so that heavy reads never take those that requests wait for. */
export interface Pools {
  readonly main: Pool;
  readonly scans: Pool;
}

function openPools(url: string, options: OpenOptions): Pools {
  const isServer = options.mode === 'server';
  const open = (max: number): Pool => {
    const pool = new pg.Pool({
      connectionString: url,
      max,
      application_name: 'coaia',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      allowExitOnIdle: !isServer,
      types: openTypes(pg.types),
    });
    const session = toSessionSettings(options);
    pool.on('connect', (client) => {
      client.on('error', () => {});
      client.query(session).catch(() => {});
    });
    // A server that goes away closes idle clients; the next query opens a new one or says what is wrong.
    pool.on('error', () => {});
    return pool;
  };
  return { main: open(isServer ? 16 : 2), scans: open(isServer ? 3 : 1) };
}

function toSessionSettings(options: OpenOptions): string {
  const commit = `SET synchronous_commit = ${options.durability === 'relaxed' ? 'off' : 'on'}`;
  return options.readOnly === true ? `${commit}; SET default_transaction_read_only = on` : commit;
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
  const version = await readSchemaVersion(client);
  if (version > LATEST_SCHEMA_VERSION) throw toNewerStoreError(location, version);
  if (version === LATEST_SCHEMA_VERSION) return;
  if (version === 0) {
    if (options.migrate === 'never') {
      throw storeErrors.create('COAIA-0110', `There is no store in the database ${location}.`, {
        hint: 'coaia up',
      });
    }
  } else if (options.migrate !== 'upgrade') throw toOlderStoreError(location, version);
  await migrateClient(client);
}

/** The address for people: without user and password. */
export function toLocation(url: string): string {
  try {
    const parsed = new URL(url);
    return `postgres://${parsed.host}${parsed.pathname}`;
  } catch {
    throw storeErrors.create(
      'COAIA-0108',
      'DATABASE_URL is not an address; it looks like postgres://user:password@host:5432/coaia.',
    );
  }
}
