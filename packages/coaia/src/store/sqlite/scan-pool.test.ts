import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { openDatabase } from '../open-database.ts';
import { toTraceRow } from '../testing/sample-rows.ts';
import { openTemporaryFolder } from '../testing/temporary-folder.ts';

const at = openTemporaryFolder();
const ENDLESS =
  'WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT COUNT(*) AS n FROM c';

let db: Database;
beforeAll(async () => {
  const location = { kind: 'sqlite', path: at('coaia.db') } as const;
  db = await openDatabase(location, { mode: 'server', migrate: 'create' });
  await db.write((tx) =>
    tx.upsert(
      'traces',
      Array.from({ length: 500 }, (_, n) => toTraceRow({ id: `t${n}`, input: 'x'.repeat(1000) })),
    ),
  );
});
afterAll(async () => db.close());

/** Process numbers of the helpers that run for this test's store. */
function listHelpers(): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      if (Number.isNaN(pid)) return false;
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
        return line.includes('scan-worker') && line.includes(at('coaia.db'));
      } catch {
        return false;
      }
    });
}

const count = async () => (await db.scan<{ n: number }>('SELECT COUNT(*) AS n FROM traces'))[0]?.n;

test('many scans at once are all answered by at most two helpers', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, count));
  expect(answers).toEqual(Array.from({ length: 30 }, () => 500));
  expect(listHelpers().length).toBeLessThanOrEqual(2);
});

test('a scan sees what was committed just before', async () => {
  await db.write((tx) => tx.upsert('traces', [toTraceRow({ id: 'new' })]));
  expect(await count()).toBe(501);
});

test('reads and writes go on while both helpers are busy', async () => {
  const abort = new AbortController();
  const busy = [1, 2].map(() => db.scan(ENDLESS, [], { signal: abort.signal }));
  await db.write((tx) => tx.upsert('traces', [toTraceRow({ id: 'meanwhile' })]));
  expect(await db.read(`SELECT id FROM traces WHERE id = 'meanwhile'`)).toHaveLength(1);
  abort.abort(new Error('enough'));
  const results = await Promise.allSettled(busy);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
});

test('time spent waiting for a helper counts', async () => {
  const abort = new AbortController();
  const busy = Promise.allSettled([1, 2].map(() => db.scan(ENDLESS, [], { signal: abort.signal })));
  await expect(db.scan('SELECT 1', [], { timeoutMs: 60 })).rejects.toMatchObject({
    code: 'COAIA-0107',
  });
  abort.abort();
  await busy;
  expect(await count()).toBe(502);
});

test('a helper that is cut off is gone, not left running', async () => {
  await expect(db.scan(ENDLESS, [], { timeoutMs: 300 })).rejects.toMatchObject({
    code: 'COAIA-0107',
  });
  const isIdle = () =>
    listHelpers().every((pid) => !readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') R '));
  while (!isIdle()) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(listHelpers().length).toBeLessThanOrEqual(1);
});

test('a helper that is killed rejects its scan and the next one works', async () => {
  const scan = db.scan(ENDLESS);
  const outcome = scan.then(
    () => 'finished',
    (error: unknown) => error,
  );
  while (listHelpers().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const pid of listHelpers()) process.kill(pid, 'SIGKILL');
  expect(await outcome).toMatchObject({ code: 'COAIA-0108' });
  expect(await count()).toBe(502);
});

test('closing the store ends helpers and scans', async () => {
  const other = await openDatabase(
    { kind: 'sqlite', path: at('coaia.db') },
    { mode: 'server', migrate: 'never' },
  );
  const [outcome] = await Promise.all([
    other.scan(ENDLESS).catch((error: unknown) => error),
    other.close(),
  ]);
  expect(outcome).toMatchObject({ code: 'COAIA-0108' });
});
