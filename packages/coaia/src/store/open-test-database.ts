/** For tests of every room: an empty store of each kind, removed by `close`. Import as `#store/testing`. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';

/** Names the database that `openTestTemplate` made, for the processes of the tests. */
const TEMPLATE = 'COAIA_TEST_POSTGRES_TEMPLATE';

export interface TestDatabase {
  readonly name: 'sqlite' | 'postgres';
  /** A new empty store in server mode; `close` also deletes it. */
  open(): Promise<Database>;
}

/** SQLite always; Postgres when COAIA_TEST_POSTGRES_URL is set. Use with `describe.each`. */
export function openTestDatabases(): readonly TestDatabase[] {
  const url = findTestPostgres();
  const sqlite: TestDatabase = { name: 'sqlite', open: openTestSqlite };
  if (url === undefined) return [sqlite];
  return [sqlite, { name: 'postgres', open: () => openTestPostgres(url) }];
}

/** Address of a Postgres on which tests may create databases, or undefined. */
export function findTestPostgres(): string | undefined {
  const url = process.env['COAIA_TEST_POSTGRES_URL'];
  return url === undefined || url === '' ? undefined : url;
}

async function openTestSqlite(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-store-'));
  const location = { kind: 'sqlite', path: join(folder, 'coaia.db') } as const;
  const database = await openDatabase(location, { mode: 'server', migrate: 'create' });
  return withCleanUp(database, async () => rmSync(folder, { recursive: true, force: true }));
}

async function openTestPostgres(server: string): Promise<Database> {
  const { url, remove } = await createTestPostgres(server, process.env[TEMPLATE]);
  const database = await openDatabase(
    { kind: 'postgres', url },
    { mode: 'server', migrate: 'create' },
  );
  return withCleanUp(database, remove);
}

/**
 * Migrates one database that all stores on the test server are copied from, which takes a fifth of the time of the
 * migrations. For the set-up of a run; the result drops it.
 */
export async function openTestTemplate(server: string): Promise<() => Promise<void>> {
  const { url, name, remove } = await createTestPostgres(server);
  const database = await openDatabase(
    { kind: 'postgres', url },
    { mode: 'process', migrate: 'create' },
  );
  await database.close();
  process.env[TEMPLATE] = name;
  return remove;
}

/**
 * A database on the test server, empty unless it is copied from a template; `remove` drops it, also when somebody
 * is still connected.
 */
export async function createTestPostgres(
  server: string,
  template = 'template0',
): Promise<{ readonly url: string; readonly name: string; remove(): Promise<void> }> {
  const name = `coaia_test_${randomBytes(6).toString('hex')}`;
  await runOnServer(server, `CREATE DATABASE ${name} TEMPLATE ${template} ENCODING 'UTF8'`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    remove: () => runOnServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function runOnServer(server: string, sql: string): Promise<void> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function withCleanUp(database: Database, remove: () => Promise<void>): Database {
  return {
    ...database,
    async close() {
      await database.close();
      await remove();
    },
  };
}

/** Address of a Redis that tests may fill, under prefixes of their own, or undefined. */
export function findTestRedis(): string | undefined {
  const url = process.env['COAIA_TEST_REDIS_URL'];
  return url === undefined || url === '' ? undefined : url;
}
