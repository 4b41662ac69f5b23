import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LATEST_SCHEMA_VERSION as LATEST, openDatabase, openServerLock } from '#store';
import { runCoaia } from '../../testing.ts';
import { renderBytes } from './byte-size.ts';

let home: string;
const toStorePath = () => join(home, '.coaia', 'coaia.db');
const run = (line: string) => runCoaia(line, { home });

async function write(sql: string): Promise<void> {
  const db = await openDatabase(
    { kind: 'sqlite', path: toStorePath() },
    { mode: 'process', migrate: 'create' },
  );
  await db.write((tx) => tx.run(sql));
  await db.close();
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'coaia-db-'));
  await write(`INSERT INTO counters VALUES ('p1', 'traces', 0, 0)`);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('db info', () => {
  test('says where the store is and what is in it', async () => {
    const { code, stdout, stderr } = await run('db info');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(toStorePath());
    expect(stdout).toContain(`schema        ${LATEST} (this program knows ${LATEST})\n`);
    expect(stdout).toMatch(/^server {8}not running$/m);
  });

  test('has a JSON form and knows the running server', async () => {
    const lock = openServerLock(join(home, '.coaia'));
    lock.publish({ url: 'http://127.0.0.1:4242', port: 4242 });
    const { stdout } = await run('db info --json');
    lock.release();
    expect(JSON.parse(stdout)).toMatchObject({
      dialect: 'sqlite',
      location: toStorePath(),
      schemaVersion: LATEST,
      durability: 'full',
      rows: { traces: 0, observations: 0, sessions: 0, scores: 0 },
      server: 'http://127.0.0.1:4242',
    });
  });

  test('makes no store where there is none', async () => {
    rmSync(toStorePath());
    const { code, stdout, stderr } = await run('db info');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('COAIA-0110');
    expect(readdirSync(join(home, '.coaia'))).toEqual([]);
  });
});

describe('db backup and db restore', () => {
  test('bring a store back, and keep what was there', async () => {
    expect(await run('db backup copy.db')).toMatchObject({ code: 0, stderr: '' });
    await write(`INSERT INTO store_settings VALUES ('later', 'x')`);
    const restored = await run('db restore copy.db');
    expect(restored).toMatchObject({ code: 0, stdout: `Restored ${join(home, 'copy.db')}.\n` });
    expect(restored.stderr).toMatch(/is kept as file .*coaia\.db\.before-restore-/);
    const db = await openDatabase(
      { kind: 'sqlite', path: toStorePath() },
      { mode: 'process', migrate: 'never' },
    );
    expect(await db.read('SELECT name FROM store_settings')).toEqual([]);
    await db.close();
  });

  test('backups are named by time, and never overwrite without --force', async () => {
    const named = await run('db backup --json');
    expect(JSON.parse(named.stdout)).toMatchObject({ format: 'sqlite', rows: null });
    expect(readdirSync(home).filter((name) => /^coaia-\d{8}T\d{6}\.db$/.test(name))).toHaveLength(
      1,
    );
    writeFileSync(join(home, 'taken.db'), 'precious');
    const refused = await run('db backup taken.db');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/COAIA-0111.*\n.*--force/);
    expect(readFileSync(join(home, 'taken.db'), 'utf8')).toBe('precious');
    expect(await run('db backup taken.db --force')).toMatchObject({ code: 0 });
  });

  test('portable backups count their rows', async () => {
    const { stdout } = await run('db backup all.gz --format portable --json');
    expect(JSON.parse(stdout)).toMatchObject({ format: 'portable', rows: 1 });
    const restored = await run('db restore all.gz --json');
    expect(JSON.parse(restored.stdout)).toMatchObject({ format: 'portable', rows: 1 });
  });

  test('a restore beside a running server is refused', async () => {
    await run('db backup copy.db');
    const lock = openServerLock(join(home, '.coaia'));
    const { code, stderr } = await run('db restore copy.db');
    lock.release();
    expect(code).toBe(1);
    expect(stderr).toMatch(/COAIA-0111[^]*coaia down/);
  });
});

describe('db check', () => {
  test('is content with a sound store', async () => {
    expect(await run('db check --deep')).toEqual({
      code: 0,
      stdout: 'The store is sound.\n',
      stderr: '',
    });
  });

  test('lists findings with exit 1 and repairs them', async () => {
    await write(`UPDATE counters SET value = 7`);
    const found = await run('db check');
    expect(found).toMatchObject({
      code: 1,
      stdout: 'counters: the counter of traces in project p1 says 7, there are 0\n',
    });
    expect(found.stderr).toContain('coaia db check --repair');
    expect(await run('db check --repair')).toMatchObject({ code: 0 });
    expect(JSON.parse((await run('db check --json')).stdout)).toEqual({
      findings: [],
      repaired: 0,
      remaining: [],
    });
  });
});

test('db migrate has nothing to do on a current store and fails without one', async () => {
  expect(await run('db migrate')).toMatchObject({
    code: 0,
    stdout: `Schema ${LATEST} is current; nothing to do.\n`,
  });
  rmSync(toStorePath());
  expect(await run('db migrate --json')).toMatchObject({ code: 3, stdout: '' });
});

test('db alone shows the info', async () => {
  expect((await run('db')).stdout).toBe((await run('db info')).stdout);
});

test('sizes are written for people', () => {
  expect([0, 999, 1000, 1_500_000, 2_000_000_000].map(renderBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.5 MB',
    '2.0 GB',
  ]);
});
