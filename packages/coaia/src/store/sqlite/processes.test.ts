/** Several processes on one store, and processes that die. */
import { expect, test } from 'vitest';
import { openDatabase } from '../open-database.ts';
import { runScript } from '../testing/run-script.ts';
import { openTemporaryFolder } from '../testing/temporary-folder.ts';
import { Connection } from './connection.ts';

const at = openTemporaryFolder();

async function listIds(path: string): Promise<readonly string[]> {
  const db = await openDatabase({ kind: 'sqlite', path }, { mode: 'process', migrate: 'never' });
  try {
    return (await db.read<{ id: string }>('SELECT id FROM traces ORDER BY id')).map(
      (row) => row.id,
    );
  } finally {
    await db.close();
  }
}

function hasIntegrity(path: string): boolean {
  const connection = new Connection(path, {
    readOnly: true,
    busyTimeoutMs: 1000,
    durability: 'full',
    cacheMegabytes: 8,
  });
  try {
    return connection
      .all('PRAGMA integrity_check')
      .every((row) => Object.values(row as object)[0] === 'ok');
  } finally {
    connection.close();
  }
}

test(
  '50 processes that create and write one store at once all succeed',
  { timeout: 120_000 },
  async () => {
    const path = at('parallel', 'coaia.db');
    const runs = Array.from({ length: 50 }, (_, index) =>
      runScript(
        `const db = await openStore('process');
       for (const n of [1, 2, 3]) await db.write((tx) => tx.upsert('traces', [toTraceRow({ id: args[1] + '-' + n })]));
       await db.close();`,
        [path, `w${index}`],
      ),
    );
    const ends = await Promise.all(runs.map((run) => run.ended));
    expect(ends.filter((end) => end.code !== 0 || end.stderr !== '')).toEqual([]);
    const expected = runs.flatMap((_, index) => [1, 2, 3].map((n) => `w${index}-${n}`)).toSorted();
    expect(await listIds(path)).toEqual(expected);
  },
);

test(
  'what was acknowledged before kill -9 is there afterwards, whole batches only',
  { timeout: 60_000 },
  async () => {
    const path = at('killed', 'coaia.db');
    const acknowledged: string[] = [];
    for (const round of [1, 2, 3, 4]) {
      const run = runScript(
        `const db = await openStore('server');
       const client = async (name) => {
         for (let n = 0; ; n++) {
           const id = args[1] + '-' + name + '-' + n;
           await db.write(async (tx) => {
             await tx.upsert('traces', [toTraceRow({ id })]);
             await tx.upsert('observations', [1, 2, 3].map((k) => toObservationRow({ id: id + '-' + k, trace_id: id })));
           });
           say(id);
         }
       };
       await Promise.all(['a', 'b', 'c', 'd'].map(client));`,
        [path, `r${round}`],
      );
      await run.waitForLines(20 * round);
      run.child.kill('SIGKILL');
      await run.ended;
      acknowledged.push(...run.lines);
    }
    const stored = new Set(await listIds(path));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(hasIntegrity(path)).toBe(true);
    const connection = new Connection(path, {
      readOnly: true,
      busyTimeoutMs: 0,
      durability: 'full',
      cacheMegabytes: 8,
    });
    const torn = connection.all(
      'SELECT trace_id FROM observations GROUP BY trace_id HAVING COUNT(*) <> 3',
    );
    connection.close();
    expect(torn).toEqual([]);
  },
);

test('a writer that dies inside a transaction does not stop the others', async () => {
  const path = at('stuck', 'coaia.db');
  const stuck = runScript(
    `const db = await openStore('process');
     await db.write(async (tx) => {
       await tx.upsert('traces', [toTraceRow({ id: 'never' })]);
       say('inside');
       await new Promise((resolve) => setTimeout(resolve, 60_000));
     });`,
    [path],
  );
  await stuck.waitForLines(1);
  const db = await openDatabase({ kind: 'sqlite', path }, { mode: 'server', migrate: 'never' });
  try {
    const waiting = db.write((tx) => tx.run(`UPDATE traces SET name = 'x'`));
    const first = await Promise.race([
      waiting.then(() => 'written'),
      new Promise((resolve) => setTimeout(resolve, 150, 'still waiting')),
    ]);
    expect(first).toBe('still waiting');
    stuck.child.kill('SIGKILL');
    expect(await waiting).toBe(0);
  } finally {
    await db.close();
  }
});

test('a change of another process moves the change token', async () => {
  const path = at('token', 'coaia.db');
  const db = await openDatabase({ kind: 'sqlite', path }, { mode: 'server', migrate: 'create' });
  try {
    const before = await db.changeToken();
    expect(await db.changeToken()).toBe(before);
    const run = runScript(
      `const db = await openStore('process');
       await db.write((tx) => tx.upsert('traces', [toTraceRow()]));
       await db.close();`,
      [path],
    );
    expect(await run.ended).toEqual({ code: 0, stderr: '' });
    expect(await db.changeToken()).not.toBe(before);
  } finally {
    await db.close();
  }
});
