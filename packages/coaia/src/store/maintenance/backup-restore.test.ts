import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openDatabase } from '../open-database.ts';
import { openServerLock } from '../server-lock.ts';
import { runScript } from '../testing/run-script.ts';
import { toTraceRow } from '../testing/sample-rows.ts';
import { openTemporaryFolder } from '../testing/temporary-folder.ts';
import { backupDatabase } from './backup-database.ts';
import { restoreDatabase } from './restore-database.ts';

const at = openTemporaryFolder();
const toLocation = (path: string) => ({ kind: 'sqlite', path }) as const;

async function createStore(name: string, ids: readonly string[]): Promise<string> {
  const path = at(name, 'coaia.db');
  const db = await openDatabase(toLocation(path), { mode: 'process', migrate: 'create' });
  await db.write((tx) =>
    tx.upsert(
      'traces',
      ids.map((id) => toTraceRow({ id })),
    ),
  );
  await db.close();
  return path;
}

async function listIds(path: string): Promise<readonly string[]> {
  const db = await openDatabase(toLocation(path), { mode: 'process', migrate: 'never' });
  const rows = await db.read<{ id: string }>('SELECT id FROM traces ORDER BY id');
  await db.close();
  return rows.map((row) => row.id);
}

test('a backup is closed to others, complete, and refuses to overwrite', async () => {
  const path = await createStore('plain', ['a', 'b']);
  const file = at('plain.db');
  const result = await backupDatabase(toLocation(path), { file, format: 'sqlite' });
  expect(result).toEqual({ file, format: 'sqlite', bytes: statSync(file).size, rows: undefined });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await listIds(file)).toEqual(['a', 'b']);
  writeFileSync(file, 'precious');
  await expect(backupDatabase(toLocation(path), { file, format: 'sqlite' })).rejects.toMatchObject({
    code: 'COAIA-0111',
  });
  expect(readFileSync(file, 'utf8')).toBe('precious');
  await backupDatabase(toLocation(path), { file, format: 'sqlite', force: true });
  expect(await listIds(file)).toEqual(['a', 'b']);
});

test('a backup of nothing, or into nowhere, fails and leaves nothing', async () => {
  const missing = toLocation(at('missing', 'coaia.db'));
  for (const format of ['sqlite', 'portable'] as const) {
    await expect(backupDatabase(missing, { file: at('nothing.db'), format })).rejects.toMatchObject(
      { code: 'COAIA-0110' },
    );
  }
  const path = await createStore('nowhere', ['a']);
  await expect(
    backupDatabase(toLocation(path), { file: at('no', 'such', 'folder.db'), format: 'sqlite' }),
  ).rejects.toMatchObject({ code: 'COAIA-0109' });
  expect(readdirSync(at()).filter((name) => name.includes('nothing'))).toEqual([]);
});

test(
  'a backup while another process writes holds all that was acknowledged before',
  { timeout: 60_000 },
  async () => {
    const path = await createStore('load', []);
    const run = runScript(
      `const db = await openStore('server');
     const big = 'x'.repeat(20_000);
     const client = async (name) => {
       for (let n = 0; ; n++) {
         const id = name + '-' + n;
         await db.write((tx) => tx.upsert('traces', [toTraceRow({ id, input: big })]));
         say(id);
         // Where the disk is fast, the store would grow faster than it can be copied.
         await new Promise((resolve) => setTimeout(resolve, 5));
       }
     };
     await Promise.all(['a', 'b', 'c'].map(client));`,
      [path],
    );
    try {
      for (const round of [1, 2, 3]) {
        await run.waitForLines(150 * round);
        const before = [...run.lines];
        for (const format of ['sqlite', 'portable'] as const) {
          const file = at(`load-${round}.${format}`);
          await backupDatabase(toLocation(path), { file, format });
          const target = at(`load-${round}-${format}`, 'coaia.db');
          await restoreDatabase(toLocation(target), { file });
          const restored = new Set(await listIds(target));
          expect(before.filter((id) => !restored.has(id))).toEqual([]);
        }
      }
    } finally {
      run.child.kill('SIGKILL');
      await run.ended;
    }
  },
);

test('a restore keeps the store that was there, each time under another name', async () => {
  const path = await createStore('target', ['old']);
  const file = at('new.db');
  await backupDatabase(toLocation(await createStore('source', ['new'])), {
    file,
    format: 'sqlite',
  });
  const first = await restoreDatabase(toLocation(path), { file });
  const second = await restoreDatabase(toLocation(path), { file });
  expect(first.keptAs).not.toBe(second.keptAs);
  expect(await listIds(path)).toEqual(['new']);
  expect(await listIds(first.keptAs ?? '')).toEqual(['old']);
  expect(await listIds(second.keptAs ?? '')).toEqual(['new']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a restore takes the place of a damaged store, and of its log', async () => {
  const path = await createStore('damaged', ['old']);
  const file = at('good.db');
  await backupDatabase(toLocation(await createStore('good', ['good'])), { file, format: 'sqlite' });
  writeFileSync(path, 'not a database any more');
  writeFileSync(`${path}-wal`, 'nor a log');
  const { keptAs } = await restoreDatabase(toLocation(path), { file });
  expect(await listIds(path)).toEqual(['good']);
  expect(readFileSync(keptAs ?? '', 'utf8')).toBe('not a database any more');
  expect(readFileSync(`${keptAs}-wal`, 'utf8')).toBe('nor a log');
});

test.each([
  ['text', () => 'nothing like a backup'],
  ['nothing', () => ''],
  ['gzip of nothing', () => Buffer.from('1f8b08000000000000030300000000000000000000', 'hex')],
  ['half a store', () => readFileSync(at('source', 'coaia.db')).subarray(0, 9000)],
  ['a damaged store', () => readFileSync(at('source', 'coaia.db')).fill(0xff, 4096, 20_000)],
])('%s is refused and the store stays', async (name, content) => {
  const path = await createStore(`stay-${name}`, ['stays']);
  const file = at(`bad-${name}`);
  writeFileSync(file, content());
  await expect(restoreDatabase(toLocation(path), { file })).rejects.toMatchObject({
    code: 'COAIA-0112',
  });
  expect(await listIds(path)).toEqual(['stays']);
  expect(readdirSync(dirname(path))).toEqual(['coaia.db']);
});

test('files of other programs, newer stores and missing files are refused', async () => {
  const path = await createStore('refuse', ['stays']);
  const other = at('theirs.db');
  const db = new DatabaseSync(other);
  db.exec('CREATE TABLE t (a)');
  db.close();
  await expect(restoreDatabase(toLocation(path), { file: other })).rejects.toThrow(
    /another program/,
  );
  const newer = await createStore('newer', []);
  const raised = new DatabaseSync(newer);
  raised.exec('PRAGMA user_version = 999');
  raised.close();
  await expect(restoreDatabase(toLocation(path), { file: newer })).rejects.toMatchObject({
    code: 'COAIA-0101',
  });
  await expect(restoreDatabase(toLocation(path), { file: at('gone') })).rejects.toMatchObject({
    code: 'COAIA-0110',
  });
  expect(await listIds(path)).toEqual(['stays']);
});

test('a store in use is not replaced', async () => {
  const path = await createStore('used', ['old']);
  const file = at('used-backup.db');
  await backupDatabase(toLocation(path), { file, format: 'sqlite' });
  const lock = openServerLock(dirname(path));
  await expect(restoreDatabase(toLocation(path), { file })).rejects.toMatchObject({
    code: 'COAIA-0111',
  });
  lock.release();
  const run = runScript(
    `const db = await openStore('process');
     await db.read('SELECT 1');
     say('open');
     setInterval(() => {}, 1000);`,
    [path],
  );
  await run.waitForLines(1);
  await expect(restoreDatabase(toLocation(path), { file })).rejects.toMatchObject({
    code: 'COAIA-0111',
  });
  run.child.kill('SIGKILL');
  await run.ended;
  await restoreDatabase(toLocation(path), { file });
  expect(existsSync(path)).toBe(true);
}, 30_000);
