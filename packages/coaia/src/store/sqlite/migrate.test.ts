import { readdirSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Migration } from '../migrations/migration.ts';
import { LATEST_SCHEMA_VERSION, MIGRATIONS } from '../migrations/migrations.ts';
import { migrateDatabase } from '../maintenance/migrate-database.ts';
import { openDatabase } from '../open-database.ts';
import { runScript } from '../testing/run-script.ts';
import { toTraceRow } from '../testing/sample-rows.ts';
import { openTemporaryFolder } from '../testing/temporary-folder.ts';
import { Connection } from './connection.ts';
import { migrateConnection, readSchemaVersion } from './migrate.ts';

const at = openTemporaryFolder();
const connect = (path: string): Connection =>
  new Connection(path, {
    readOnly: false,
    busyTimeoutMs: 1000,
    durability: 'full',
    cacheMegabytes: 8,
  });

async function createStore(path: string): Promise<void> {
  const db = await openDatabase({ kind: 'sqlite', path }, { mode: 'process', migrate: 'create' });
  await db.write((tx) => tx.upsert('traces', [toTraceRow({ id: 'kept' })]));
  await db.close();
}

function pretendVersion(path: string, version: number): void {
  const connection = connect(path);
  connection.db.exec(`PRAGMA user_version = ${version}`);
  connection.close();
}

test('migrations are numbered upwards and have both forms', () => {
  const versions = MIGRATIONS.map((migration) => migration.version);
  expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
  expect(MIGRATIONS.every(({ sqlite, postgres }) => sqlite.length > 0 && postgres.length > 0)).toBe(
    true,
  );
});

test('a newer store is refused by everybody and not changed', async () => {
  const path = at('newer', 'coaia.db');
  await createStore(path);
  pretendVersion(path, LATEST_SCHEMA_VERSION + 1);
  for (const migrate of ['create', 'upgrade', 'never'] as const) {
    await expect(
      openDatabase({ kind: 'sqlite', path }, { mode: 'server', migrate }),
    ).rejects.toMatchObject({ code: 'COAIA-0101' });
  }
  await expect(migrateDatabase({ kind: 'sqlite', path })).rejects.toMatchObject({
    code: 'COAIA-0101',
  });
  expect(readdirSync(at('newer'))).toEqual(['coaia.db']);
});

test('an older store is refused except by upgrade, which keeps a copy', async () => {
  const path = at('older', 'coaia.db');
  await createStore(path);
  pretendVersion(path, 0);
  for (const migrate of ['create', 'never'] as const) {
    await expect(
      openDatabase({ kind: 'sqlite', path }, { mode: 'process', migrate }),
    ).rejects.toMatchObject({ code: 'COAIA-0102', hint: 'coaia db migrate' });
  }
  // Its tables are there already, so the migration fails, and nothing but the copy may be left of the attempt.
  await expect(
    openDatabase({ kind: 'sqlite', path }, { mode: 'process', migrate: 'upgrade' }),
  ).rejects.toThrow(/already exists/);
  const copies = readdirSync(at('older')).filter((name) => name.startsWith('coaia.db.before-v1-'));
  expect(copies).toHaveLength(1);
  const copy = at('older', copies[0] ?? '');
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  const connection = connect(copy);
  expect(connection.all('SELECT id FROM traces')).toEqual([{ id: 'kept' }]);
  connection.close();
});

const addColumn = (version: number): Migration => ({
  version,
  name: `step-${version}`,
  sqlite: [
    `ALTER TABLE traces ADD COLUMN extra_${version} TEXT`,
    `UPDATE traces SET extra_${version} = 'x'`,
  ],
  postgres: [],
});

test('missing migrations run in order and are noted; running again does nothing', async () => {
  const path = at('steps', 'coaia.db');
  await createStore(path);
  const more = [
    ...MIGRATIONS,
    addColumn(LATEST_SCHEMA_VERSION + 1),
    addColumn(LATEST_SCHEMA_VERSION + 2),
  ];
  const connection = connect(path);
  expect(await migrateConnection(connection, more)).toEqual([
    LATEST_SCHEMA_VERSION + 1,
    LATEST_SCHEMA_VERSION + 2,
  ]);
  expect(await migrateConnection(connection, more)).toEqual([]);
  expect(connection.all('SELECT version FROM schema_migrations ORDER BY version')).toEqual(
    more.map(({ version }) => ({ version })),
  );
  connection.close();
});

test('a migration that fails leaves the version and the data before it', async () => {
  const path = at('failing', 'coaia.db');
  await createStore(path);
  const bad: Migration = {
    version: LATEST_SCHEMA_VERSION + 1,
    name: 'bad',
    sqlite: ['DELETE FROM traces', 'SELECT nonsense FROM nowhere'],
    postgres: [],
  };
  const connection = connect(path);
  await expect(migrateConnection(connection, [bad])).rejects.toThrow(/nowhere/);
  expect(readSchemaVersion(connection)).toBe(LATEST_SCHEMA_VERSION);
  expect(connection.all('SELECT id FROM traces')).toEqual([{ id: 'kept' }]);
  connection.close();
});

const MIGRATE_SLOWLY = `
const { Connection } = await import(${JSON.stringify(new URL('connection.ts', import.meta.url).href)});
const { migrateConnection } = await import(${JSON.stringify(new URL('migrate.ts', import.meta.url).href)});
const connection = new Connection(args[0], { readOnly: false, busyTimeoutMs: 10, durability: 'full', cacheMegabytes: 1 });
say('started');
const applied = await migrateConnection(connection, [{
  version: Number(args[1]), name: 'slow', postgres: [],
  sqlite: Array.from({ length: 60 }, (_, n) =>
    'CREATE TABLE many_' + n + ' AS WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 20000) SELECT x FROM c'),
}]);
say('applied ' + applied.length);
connection.close();`;

test(
  'kill -9 in the middle of a migration leaves the old version working',
  { timeout: 60_000 },
  async () => {
    const path = at('killed', 'coaia.db');
    await createStore(path);
    const next = LATEST_SCHEMA_VERSION + 1;
    let interrupted = 0;
    for (const delay of [5, 20, 50, 90, 140]) {
      const run = runScript(MIGRATE_SLOWLY, [path, String(next)]);
      await run.waitForLines(1);
      await new Promise((resolve) => setTimeout(resolve, delay));
      run.child.kill('SIGKILL');
      await run.ended;
      const connection = connect(path);
      const version = readSchemaVersion(connection);
      const tables = connection.number(
        `SELECT COUNT(*) FROM sqlite_schema WHERE name LIKE 'many_%'`,
      );
      expect(connection.all('SELECT id FROM traces')).toEqual([{ id: 'kept' }]);
      expect(connection.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      connection.close();
      expect(tables).toBe(version === next ? 60 : 0);
      if (version === next) break;
      interrupted++;
    }
    expect(interrupted).toBeGreaterThan(0);
  },
);

test(
  'of two processes that migrate at once one does it and one waits',
  { timeout: 60_000 },
  async () => {
    const path = at('two', 'coaia.db');
    await createStore(path);
    const runs = [1, 2].map(() =>
      runScript(MIGRATE_SLOWLY, [path, String(LATEST_SCHEMA_VERSION + 1)]),
    );
    const ends = await Promise.all(runs.map((run) => run.ended));
    expect(ends).toEqual([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
    expect(new Set(runs.map((run) => run.lines[1]))).toEqual(new Set(['applied 0', 'applied 1']));
  },
);
