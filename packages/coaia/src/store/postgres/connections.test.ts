/** What happens when connections break or the address is wrong; the breaking needs a real Postgres. */
import { afterAll, describe, expect, test } from 'vitest';
import { LATEST_SCHEMA_VERSION } from '../migrations/migrations.ts';
import { openDatabase } from '../open-database.ts';
import { createTestPostgres, findTestPostgres } from '../open-test-database.ts';
import { toTraceRow } from '../testing/sample-rows.ts';
import { toLocation } from './client.ts';

const server = findTestPostgres();
const cleanUps: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

test('the address for people has no credentials', () => {
  expect(toLocation('postgres://me:secret@host:5433/coaia?sslmode=require')).toBe(
    'postgres://host:5433/coaia',
  );
  expect(() => toLocation('nonsense secret')).toThrow(
    expect.objectContaining({ code: 'COAIA-0108' }),
  );
  expect(() => toLocation('nonsense secret')).not.toThrow(/secret/);
});

test('a server that is not there is COAIA-0108, without the password', async () => {
  const failure = openDatabase(
    { kind: 'postgres', url: 'postgres://me:secret@127.0.0.1:1/coaia' },
    { mode: 'process', migrate: 'create' },
  );
  await expect(failure).rejects.toMatchObject({ code: 'COAIA-0108' });
  await expect(failure).rejects.toThrow(/127\.0\.0\.1:1/);
  await expect(failure).rejects.not.toThrow(/secret/);
});

describe.skipIf(server === undefined)('with a server', () => {
  async function createLocation() {
    const { url, remove } = await createTestPostgres(server ?? '');
    cleanUps.push(remove);
    return { kind: 'postgres', url } as const;
  }

  test('idle connections that are cut are replaced', async () => {
    const db = await openDatabase(await createLocation(), { mode: 'server', migrate: 'create' });
    await Promise.all(Array.from({ length: 8 }, () => db.read('SELECT pg_sleep(0.02)')));
    await db.read(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await db.write((tx) => tx.upsert('traces', [toTraceRow()]));
    expect(await db.read('SELECT COUNT(*) AS n FROM traces')).toEqual([{ n: 1 }]);
    await db.close();
  });

  test('a transaction whose connection is cut is rejected, stores nothing and spoils nothing', async () => {
    const db = await openDatabase(await createLocation(), { mode: 'server', migrate: 'create' });
    const failing = db.write(async (tx) => {
      await tx.upsert('traces', [toTraceRow({ id: 'lost' })]);
      const [own] = await tx.read<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await db.read('SELECT pg_terminate_backend(?)', [own?.pid ?? 0]);
      await tx.upsert('traces', [toTraceRow({ id: 'lost-too' })]);
    });
    await expect(failing).rejects.toMatchObject({ code: 'COAIA-0108' });
    await db.write((tx) => tx.upsert('traces', [toTraceRow({ id: 'next' })]));
    expect(await db.read('SELECT id FROM traces')).toEqual([{ id: 'next' }]);
    await db.close();
  });

  test('two processes that create the schema at once both succeed', async () => {
    const location = await createLocation();
    const opened = await Promise.all(
      [1, 2, 3].map(() => openDatabase(location, { mode: 'process', migrate: 'create' })),
    );
    for (const db of opened) {
      expect(await db.read('SELECT COUNT(*) AS n FROM schema_migrations')).toEqual([
        { n: LATEST_SCHEMA_VERSION },
      ]);
      await db.close();
    }
  });

  test('never does not create, newer is refused, older asks for a migration', async () => {
    const location = await createLocation();
    await expect(
      openDatabase(location, { mode: 'process', migrate: 'never' }),
    ).rejects.toMatchObject({ code: 'COAIA-0110' });
    const db = await openDatabase(location, { mode: 'process', migrate: 'create' });
    await db.write((tx) => tx.run(`INSERT INTO schema_migrations VALUES (99, 'future', 0)`));
    await db.close();
    await expect(
      openDatabase(location, { mode: 'process', migrate: 'upgrade' }),
    ).rejects.toMatchObject({ code: 'COAIA-0101' });
  });

  test('relaxed durability is told to the server', async () => {
    const location = await createLocation();
    for (const [durability, expected] of [
      ['full', 'on'],
      ['relaxed', 'off'],
    ] as const) {
      const db = await openDatabase(location, { mode: 'process', migrate: 'create', durability });
      expect(await db.read(`SELECT current_setting('synchronous_commit') AS value`)).toEqual([
        { value: expected },
      ]);
      await db.close();
    }
  });
});
