/** The portable backup between both databases, in all directions that are possible here. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../open-database.ts';
import type { StoreLocation } from '../open-options.ts';
import { createTestPostgres, findTestPostgres } from '../open-test-database.ts';
import { toObservationRow, toTraceRow } from '../testing/sample-rows.ts';
import { openTemporaryFolder } from '../testing/temporary-folder.ts';
import { backupDatabase } from './backup-database.ts';
import { restoreDatabase } from './restore-database.ts';

const at = openTemporaryFolder();
const QUERIES = [
  'SELECT * FROM organizations ORDER BY id',
  'SELECT * FROM api_keys ORDER BY id',
  'SELECT * FROM traces ORDER BY id',
  'SELECT * FROM observations ORDER BY id',
  'SELECT * FROM prediction_segments',
  'SELECT project_id, kind, subject_id FROM changes ORDER BY seq',
  'SELECT project_id, name, SUM(value) AS value FROM counters GROUP BY project_id, name',
];

async function fill(location: StoreLocation): Promise<void> {
  const db = await openDatabase(location, { mode: 'process', migrate: 'create' });
  await db.write(async (tx) => {
    await tx.upsert('organizations', [{ id: 'org', name: 'Öffentlich 😀', created_at: 1 }]);
    await tx.upsert('projects', [
      {
        id: 'p1',
        organization_id: 'org',
        name: 'one',
        metadata: '{}',
        retention_days: null,
        created_at: 1,
        updated_at: 2,
        strict: null,
      },
    ]);
    await tx.upsert('api_keys', [
      {
        id: 'k',
        project_id: 'p1',
        public_key: 'pk',
        secret_hash: 'h',
        display_secret: 'sk',
        note: null,
        created_at: 1,
        last_used_at: null,
        expires_at: null,
        role: null,
        requests_per_minute: null,
        scopes: null,
      },
    ]);
    await tx.upsert('prediction_segments', [
      {
        project_id: 'p1',
        id: 's1',
        model: 'cars',
        version: 1,
        first_at: 1,
        last_at: 2,
        prediction_count: 1,
        failed_count: 0,
        flagged_count: 0,
        shadow_count: 0,
        data: Uint8Array.of(0, 1, 0xff, 0x5c, 0x78),
      },
    ]);
    await tx.upsert(
      'traces',
      Array.from({ length: 450 }, (_, n) =>
        toTraceRow({ id: `t${n}`, input: `line\n"${n}"\\`, total_cost: n / 7 }),
      ),
    );
    await tx.upsert('observations', [
      toObservationRow({ id: 'o', total_tokens: 1.5, metadata: '{"a":"\\u00e9"}' }),
    ]);
    await tx.addChanges('p1', [
      { kind: 'trace', id: 't1' },
      { kind: 'score', id: 's1' },
    ]);
    await tx.addToCounter('p1', 'traces', 450);
  });
  await db.close();
}

async function readAll(location: StoreLocation): Promise<readonly unknown[]> {
  const db = await openDatabase(location, { mode: 'process', migrate: 'never' });
  const results = [];
  for (const sql of QUERIES) results.push(await db.read(sql));
  await db.close();
  return results;
}

const server = findTestPostgres();
const kinds = server === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const);
const cleanUps: (() => Promise<void>)[] = [];
let number = 0;

async function createLocation(kind: 'sqlite' | 'postgres'): Promise<StoreLocation> {
  if (kind === 'sqlite' || server === undefined) {
    return { kind: 'sqlite', path: at(`s${++number}`, 'coaia.db') };
  }
  const { url, remove } = await createTestPostgres(server);
  cleanUps.push(remove);
  return { kind: 'postgres', url };
}

afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

describe.each(kinds)('a portable backup of %s', (from) => {
  let source: StoreLocation;
  const file = at(`from-${from}.jsonl.gz`);
  beforeAll(async () => {
    source = await createLocation(from);
    await fill(source);
    const result = await backupDatabase(source, { file, format: 'portable' });
    expect(result.rows).toBe(1 + 1 + 1 + 1 + 450 + 1 + 2 + 1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.each(kinds)('restores every row into an empty %s', async (to) => {
    const target = await createLocation(to);
    const result = await restoreDatabase(target, { file });
    expect(result).toEqual({ format: 'portable', rows: 458, keptAs: undefined });
    expect(await readAll(target)).toEqual(await readAll(source));
  });

  test.each(kinds)('replaces a %s that is in use, keeps it, and goes on from there', async (to) => {
    const target = await createLocation(to);
    await fill(target);
    const first = await openDatabase(target, { mode: 'process', migrate: 'never' });
    await first.write((tx) => tx.upsert('traces', [toTraceRow({ id: 'only-here' })]));
    await first.close();
    const { keptAs } = await restoreDatabase(target, { file });
    expect(keptAs).toMatch(/before.restore/);
    const db = await openDatabase(target, { mode: 'process', migrate: 'never' });
    expect(await db.read(`SELECT id FROM traces WHERE id = 'only-here'`)).toEqual([]);
    const [before] = await db.read<{ seq: number }>('SELECT MAX(seq) AS seq FROM changes');
    await db.write((tx) => tx.addChanges('p1', [{ kind: 'trace', id: 'later' }]));
    const [after] = await db.read<{ seq: number }>('SELECT MAX(seq) AS seq FROM changes');
    expect(after?.seq).toBe((before?.seq ?? 0) + 1);
    await db.close();
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, -30)],
    ['without its end', (text: string) => text.slice(0, text.lastIndexOf('{"end"'))],
    ['with a row missing', (text: string) => text.replace(/\n\["p1","t7".*\n/, '\n')],
    ['with a row too short', (text: string) => text.replace(/\["org",/, '[')],
    [
      'with a table that is no name',
      (text: string) => text.replace('"table":"traces"', '"table":"t; DROP TABLE traces"'),
    ],
    ['of something else', () => '{"hello":1}\n'],
  ])('is refused when it is %s, and nothing changes', async (name, damage) => {
    const target = await createLocation(from);
    await fill(target);
    const before = await readAll(target);
    const bad = at(`bad-${from}-${name}.gz`);
    writeFileSync(bad, gzipSync(damage(gunzipSync(readFileSync(file)).toString())));
    await expect(restoreDatabase(target, { file: bad })).rejects.toMatchObject({
      code: 'COAIA-0112',
    });
    expect(await readAll(target)).toEqual(before);
  });

  test('is refused when the file itself is cut off', async () => {
    const target = await createLocation(from);
    const bad = at(`cut-${from}.gz`);
    const bytes = readFileSync(file);
    writeFileSync(bad, bytes.subarray(0, -100));
    await expect(restoreDatabase(target, { file: bad })).rejects.toMatchObject({
      code: 'COAIA-0112',
    });
  });
});

test.skipIf(server === undefined)('a SQLite backup can be restored into Postgres', async () => {
  const source = await createLocation('sqlite');
  await fill(source);
  const file = at('whole.db');
  await backupDatabase(source, { file, format: 'sqlite' });
  const target = await createLocation('postgres');
  await restoreDatabase(target, { file });
  expect(await readAll(target)).toEqual(await readAll(source));
});
