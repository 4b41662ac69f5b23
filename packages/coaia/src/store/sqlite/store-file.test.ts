import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, test } from 'vitest';
import { restoreDatabase } from '../maintenance/restore-database.ts';
import { openDatabase } from '../open-database.ts';
import type { OpenOptions } from '../open-options.ts';
import { runScript } from '../testing/run-script.ts';
import { openTemporaryFolder } from '../testing/temporary-folder.ts';
import { checkEngine } from './open-sqlite.ts';

const at = openTemporaryFolder();
const open = (path: string, options: Partial<OpenOptions> = {}) =>
  openDatabase({ kind: 'sqlite', path }, { mode: 'process', migrate: 'create', ...options });
const create = async (path: string): Promise<void> => (await open(path)).close();

describe('what is not a store is refused by name and left alone', () => {
  const other = at('other.db');
  beforeAll(() => {
    const db = new DatabaseSync(other);
    db.exec('CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)');
    db.close();
  });
  const files: Readonly<Record<string, () => Buffer | string>> = {
    'a text file': () => 'hello there, this is no database at all',
    'an empty file': () => '',
    'a file of zeros': () => Buffer.alloc(8192),
    'a SQLite file of another program': () => readFileSync(other),
    'a SQLite file cut in half': () => readFileSync(other).subarray(0, 3000),
  };

  test.each(Object.entries(files))('%s', async (name, content) => {
    const path = at(`${name.replaceAll(' ', '-')}.db`);
    writeFileSync(path, content());
    const before = readFileSync(path);
    for (const migrate of ['create', 'upgrade', 'never'] as const) {
      const failure = open(path, { migrate });
      await expect(failure).rejects.toMatchObject({ code: 'COAIA-0106' });
      await expect(failure).rejects.toThrow(path);
    }
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  test('a directory, a pipe and a link to nowhere', async () => {
    mkdirSync(at('folder.db'));
    symlinkSync(at('nowhere'), at('link.db'));
    spawnSync('mkfifo', [at('pipe.db')]);
    await expect(open(at('folder.db'))).rejects.toThrow('is a directory');
    await expect(open(at('link.db'))).rejects.toThrow('points nowhere');
    await expect(open(at('pipe.db'))).rejects.toThrow('not a regular file');
    expect(lstatSync(at('link.db')).isSymbolicLink()).toBe(true);
    expect(existsSync(at('nowhere'))).toBe(false);
  });

  test('a store with garbage in the middle says it is damaged', async () => {
    const path = at('garbage', 'coaia.db');
    await create(path);
    const bytes = readFileSync(path);
    bytes.fill(0xff, 100, 4096);
    writeFileSync(path, bytes);
    await expect(open(path)).rejects.toMatchObject({ code: 'COAIA-0106' });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('a link to a store is followed', async () => {
    await create(at('real', 'coaia.db'));
    symlinkSync(at('real', 'coaia.db'), at('alias.db'));
    const db = await open(at('alias.db'));
    expect((await db.info()).schemaVersion).toBeGreaterThan(0);
    await db.close();
  });
});

describe('a new store', () => {
  test('is made with its folder, closed to others even under umask 000', async () => {
    const path = at('deep', 'er', 'coaia.db');
    const run = runScript(
      `process.umask(0);
       const db = await openStore('server');
       await db.write((tx) => tx.upsert('traces', [toTraceRow()]));
       say('written');
       setInterval(() => {}, 1000);`,
      [path],
    );
    await run.waitForLines(1);
    const modes = readdirSync(at('deep', 'er')).map((name) => [
      name,
      statSync(at('deep', 'er', name)).mode & 0o777,
    ]);
    run.child.kill('SIGKILL');
    await run.ended;
    expect(Object.fromEntries(modes)).toEqual({
      'coaia.db': 0o600,
      'coaia.db-shm': 0o600,
      'coaia.db-wal': 0o600,
    });
    expect(statSync(at('deep', 'er')).mode & 0o777).toBe(0o700);
    expect(statSync(at('deep')).mode & 0o777).toBe(0o700);
  });

  test('is not made by never and not by a reader', async () => {
    const path = at('absent', 'coaia.db');
    await expect(open(path, { migrate: 'never' })).rejects.toMatchObject({ code: 'COAIA-0110' });
    await expect(open(path, { readOnly: true })).rejects.toMatchObject({ code: 'COAIA-0110' });
    expect(existsSync(at('absent'))).toBe(false);
  });

  test('is not made beside the log of a store that is gone, and a restore moves that log away', async () => {
    const path = at('orphan', 'coaia.db');
    await create(path);
    const copy = at('orphan-copy.db');
    renameSync(path, copy);
    writeFileSync(`${path}-wal`, 'what the old one still had to say');
    await expect(open(path)).rejects.toThrow(/coaia\.db-wal is there/);
    expect(readdirSync(at('orphan'))).toEqual(['coaia.db-wal']);
    await restoreDatabase({ kind: 'sqlite', path }, { file: copy });
    await create(path);
    expect(readdirSync(at('orphan'))).toHaveLength(2);
  });

  test('leaves nothing else in the folder after closing', async () => {
    await create(at('clean', 'coaia.db'));
    expect(readdirSync(at('clean'))).toEqual(['coaia.db']);
  });
});

test('a store opened for reading refuses writes with COAIA-0109', async () => {
  const path = at('reader', 'coaia.db');
  await create(path);
  const db = await open(path, { readOnly: true });
  await expect(db.write((tx) => tx.run('DELETE FROM traces'))).rejects.toMatchObject({
    code: 'COAIA-0109',
  });
  expect(await db.read('SELECT COUNT(*) AS n FROM traces')).toEqual([{ n: 0 }]);
  await db.close();
});

test('SQLite before 3.51.3 is refused', () => {
  for (const version of ['3.51.2', '3.50.9', '2.99.9', '3.7.0']) {
    expect(() => checkEngine(version)).toThrow(/3\.51\.3/);
  }
  for (const version of ['3.51.3', '3.51.10', '3.53.0', '4.0.0']) {
    expect(() => checkEngine(version)).not.toThrow();
  }
});
