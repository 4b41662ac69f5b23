/** The Database over Postgres. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type {
  Database,
  ScanOptions,
  SqlRow,
  SqlValue,
  StoreInfo,
  Transaction,
} from '../database.ts';
import { LATEST_SCHEMA_VERSION } from '../migrations/migrations.ts';
import type { OpenOptions } from '../open-options.ts';
import { openQueryBuilder } from '../query-builder.ts';
import { postgresDialect } from './dialect.ts';
import { isConnectionLost, isRetryable, toStoreError } from './engine-errors.ts';
import { readSchemaVersion } from './migrate.ts';
import type { Pools } from './pools.ts';
import { runQuery } from './queries.ts';
import { runScan } from './scan.ts';
import { openTransaction } from './transaction.ts';

const MAX_TRIES = 10;

export interface PostgresParts {
  readonly location: string;
  readonly version: string;
  readonly pools: Pools;
  readonly options: OpenOptions;
}

/** Takes over open pools on a current schema. */
export function createPostgresDatabase(parts: PostgresParts): Database {
  const { pools } = parts;
  const counts = { commits: 0 };
  const database: Database = {
    dialect: postgresDialect,
    async read<Row = SqlRow>(sql: string, parameters: readonly SqlValue[] = []) {
      try {
        const { rows } = await retry(isConnectionLost, () => runQuery(pools.main, sql, parameters));
        return rows as readonly Row[];
      } catch (error) {
        throw toStoreError(error);
      }
    },
    async scan<Row = SqlRow>(
      sql: string,
      parameters: readonly SqlValue[] = [],
      limits?: ScanOptions,
    ) {
      try {
        return (await runScan(pools, sql, parameters, limits)) as readonly Row[];
      } catch (error) {
        throw toStoreError(error);
      }
    },
    async write(work) {
      try {
        const value = await retry(isRetryable, () => writeOnce(pools, work));
        counts.commits++;
        return value;
      } catch (error) {
        throw toStoreError(error);
      }
    },
    query: () =>
      openQueryBuilder(postgresDialect, (sql, parameters) => database.read(sql, parameters)),
    heavyQuery: (limits) =>
      openQueryBuilder(postgresDialect, (sql, parameters) =>
        database.scan(sql, parameters, limits),
      ),
    async changeToken() {
      // The list of open transactions changes with every commit, also those of other programs.
      const rows = await database.read<{ token: string }>(
        'SELECT pg_current_snapshot()::text AS token',
      );
      return rows[0]?.token ?? '';
    },
    info: () => readInfo(database, parts, counts.commits),
    async close() {
      if (pools.main.ended) return;
      await pools.main.end();
      await pools.scans.end();
    },
  };
  return database;
}

/** Runs again, a little later each time, what failed in a way that passes. */
async function retry<T>(passes: (error: unknown) => boolean, run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (!passes(error) || tries === MAX_TRIES) throw error;
    }
    await sleep(Math.random() * 10 * tries);
  }
}

async function beginOn(pools: Pools): Promise<PoolClient> {
  const client = await pools.main.connect();
  try {
    await client.query('BEGIN');
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function writeOnce<T>(
  pools: Pools,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  // An idle connection may have died unnoticed; until BEGIN nothing can have happened twice.
  const client = await retry(isConnectionLost, () => beginOn(pools));
  const transaction = openTransaction(client);
  let broken = false;
  try {
    const value = await work(transaction);
    transaction.end();
    await client.query('COMMIT');
    return value;
  } catch (error) {
    transaction.end();
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function readInfo(
  database: Database,
  parts: PostgresParts,
  commits: number,
): Promise<StoreInfo> {
  const rows = await database.read<{ bytes: number }>(
    'SELECT pg_database_size(current_database()) AS bytes',
  );
  return {
    dialect: 'postgres',
    location: parts.location,
    engineVersion: parts.version,
    schemaVersion: await readSchemaVersion(parts.pools.main),
    latestSchemaVersion: LATEST_SCHEMA_VERSION,
    bytes: rows[0]?.bytes ?? 0,
    walBytes: 0,
    durability: parts.options.durability ?? 'full',
    commits,
  };
}
