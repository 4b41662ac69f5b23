import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { openDatabase } from '../open-database.ts';
import type { StoreLocation } from '../open-options.ts';
import { createTestPostgres, findTestPostgres } from '../open-test-database.ts';
import { toObservationRow, toTraceRow } from '../testing/sample-rows.ts';
import { openTemporaryFolder } from '../testing/temporary-folder.ts';
import { checkDatabase } from './check-database.ts';

const at = openTemporaryFolder();
const server = findTestPostgres();
const cleanUps: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

let number = 0;
async function createLocation(kind: 'sqlite' | 'postgres'): Promise<StoreLocation> {
  if (kind === 'sqlite' || server === undefined) {
    return { kind: 'sqlite', path: at(`s${++number}`, 'coaia.db') };
  }
  const { url, remove } = await createTestPostgres(server);
  cleanUps.push(remove);
  return { kind: 'postgres', url };
}

async function change(
  location: StoreLocation,
  work: Parameters<Database['write']>[0],
): Promise<void> {
  const db = await openDatabase(location, { mode: 'process', migrate: 'create' });
  await db.write(work);
  await db.close();
}

const OBSERVATIONS = [
  toObservationRow({
    id: 'a',
    trace_id: 't',
    start_time: 10,
    end_time: 30,
    level: 'ERROR',
    total_cost: 0.1,
    total_tokens: 5,
    input_tokens: 2,
  }),
  toObservationRow({
    id: 'b',
    trace_id: 't',
    start_time: 20,
    end_time: null,
    level: 'WARNING',
    total_cost: 0.2,
  }),
  toObservationRow({ id: 'c', trace_id: 't', start_time: 40, end_time: null, type: 'EVENT' }),
];
const TRACE = toTraceRow({
  id: 't',
  observation_count: 3,
  error_count: 1,
  warning_count: 1,
  open_count: 1,
  start_time: 10,
  end_time: 40,
  total_cost: 0.3,
  input_tokens: 2,
  output_tokens: 0,
  total_tokens: 5,
});

async function createSound(kind: 'sqlite' | 'postgres'): Promise<StoreLocation> {
  const location = await createLocation(kind);
  await change(location, async (tx) => {
    await tx.upsert('observations', OBSERVATIONS);
    await tx.upsert('traces', [TRACE, toTraceRow({ id: 'empty' })]);
    await tx.addToCounter('p1', 'traces', 2);
    await tx.addToCounter('p1', 'observations', 3);
  });
  return location;
}

describe.each(server === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const))(
  'check of %s',
  (kind) => {
    test('finds nothing in a sound store', async () => {
      const location = await createSound(kind);
      expect(await checkDatabase(location, { deep: true })).toEqual({
        findings: [],
        repaired: 0,
        remaining: [],
      });
    });

    test.each([
      'observation_count = 4',
      'error_count = 0',
      'warning_count = 2',
      'open_count = 0',
      'start_time = NULL',
      'end_time = 30',
      'total_cost = 0.4',
      'total_cost = NULL',
      'total_tokens = 6',
      'input_tokens = NULL',
      'output_tokens = 1',
    ])('finds a trace with %s and recounts it', async (damage) => {
      const location = await createSound(kind);
      await change(location, (tx) => tx.run(`UPDATE traces SET ${damage} WHERE id = 't'`));
      const { findings } = await checkDatabase(location);
      expect(findings).toMatchObject([{ kind: 'trace-sums', repairable: true }]);
      expect(findings[0]?.text).toMatch(/^1 traces .* t$/);
      const repair = await checkDatabase(location, { repair: true });
      expect(repair).toMatchObject({ findings, remaining: [] });
      const db = await openDatabase(location, { mode: 'process', migrate: 'never' });
      const [trace] = await db.read<{ total_cost: number }>(`SELECT * FROM traces WHERE id = 't'`);
      await db.close();
      expect(trace).toEqual({ ...TRACE, total_cost: trace?.total_cost });
      expect(trace?.total_cost).toBeCloseTo(0.3, 9);
    });

    test('finds sums kept for a trace without observations', async () => {
      const location = await createSound(kind);
      await change(location, (tx) =>
        tx.run(`UPDATE traces SET observation_count = 1, start_time = 5 WHERE id = 'empty'`),
      );
      expect((await checkDatabase(location, { repair: true })).findings).toHaveLength(1);
      expect((await checkDatabase(location)).findings).toEqual([]);
    });

    test('finds counters that differ, are missing or count nothing', async () => {
      const location = await createSound(kind);
      await change(location, async (tx) => {
        await tx.addToCounter('p1', 'traces', 5);
        await tx.run(`DELETE FROM counters WHERE name = 'observations'`);
        await tx.addToCounter('ghost', 'scores', 1);
      });
      const { findings } = await checkDatabase(location);
      expect(findings.map((finding) => finding.text)).toEqual([
        'the counter of scores in project ghost says 1, there are 0',
        'the counter of observations in project p1 says 0, there are 3',
        'the counter of traces in project p1 says 7, there are 2',
      ]);
      expect((await checkDatabase(location, { repair: true })).remaining).toEqual([]);
    });
  },
);

test('damaged pages are findings that no repair removes', async () => {
  const location = await createSound('sqlite');
  if (location.kind !== 'sqlite') return;
  await change(location, (tx) =>
    tx.upsert(
      'traces',
      Array.from({ length: 300 }, (_, n) => toTraceRow({ id: `x${n}`, input: 'y'.repeat(900) })),
    ),
  );
  const bytes = readFileSync(location.path);
  bytes.fill(0x5a, bytes.length - 20_000, bytes.length - 8000);
  writeFileSync(location.path, bytes);
  const { findings, repaired, remaining } = await checkDatabase(location, { repair: true });
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.every((finding) => finding.kind === 'pages' && !finding.repairable)).toBe(true);
  expect({ repaired, remaining }).toEqual({ repaired: 0, remaining: findings });
});

test('a row whose parent is missing is a finding', async () => {
  const location = await createSound('sqlite');
  if (location.kind !== 'sqlite') return;
  const { Connection } = await import('../sqlite/connection.ts');
  const connection = new Connection(location.path, {
    readOnly: false,
    busyTimeoutMs: 0,
    durability: 'full',
    cacheMegabytes: 1,
  });
  connection.db.exec(
    `PRAGMA foreign_keys = OFF; INSERT INTO projects VALUES ('p9', 'nobody', 'n', '{}', NULL, 1, 1, NULL)`,
  );
  connection.close();
  expect((await checkDatabase(location)).findings).toMatchObject([
    { kind: 'foreign-keys', text: 'row 1 of projects names a missing row of organizations' },
  ]);
});

test('there must be a store', async () => {
  await expect(
    checkDatabase({ kind: 'sqlite', path: at('missing', 'coaia.db') }),
  ).rejects.toMatchObject({ code: 'COAIA-0110' });
});
