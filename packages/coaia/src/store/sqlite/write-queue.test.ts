import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { openDatabase } from '../open-database.ts';
import { toTraceRow } from '../testing/sample-rows.ts';
import { openTemporaryFolder } from '../testing/temporary-folder.ts';
import { Connection } from './connection.ts';
import { WriteQueue } from './write-queue.ts';

const at = openTemporaryFolder();
let number = 0;

describe('group commit', () => {
  let db: Database;
  let path: string;
  beforeEach(async () => {
    path = at(`store-${++number}`, 'coaia.db');
    db = await openDatabase({ kind: 'sqlite', path }, { mode: 'server', migrate: 'create' });
  });
  afterEach(async () => db.close());
  const write = (id: string) => db.write((tx) => tx.upsert('traces', [toTraceRow({ id })]));
  const count = async () =>
    (await db.read<{ n: number }>('SELECT COUNT(*) AS n FROM traces'))[0]?.n;

  test('writes that arrive together share one commit', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, index) => write(`t${index}`)));
    expect((await db.info()).commits).toBe(1);
    expect(await count()).toBe(200);
  });

  test('no more than 256 writes share a commit', async () => {
    await Promise.all(Array.from({ length: 600 }, (_, index) => write(`t${index}`)));
    expect((await db.info()).commits).toBe(3);
  });

  test('nobody is answered before the commit', async () => {
    const order: string[] = [];
    const first = write('one').then(() => order.push('one answered'));
    const second = db.write(async () => order.push('two running'));
    await Promise.all([first, second]);
    expect(order).toEqual(['two running', 'one answered']);
  });

  test('many failing neighbours leave the good ones', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        db.write(async (tx) => {
          await tx.upsert('traces', [toTraceRow({ id: `t${index}` })]);
          if (index % 3 === 0) await tx.run('INSERT INTO traces (id) VALUES (1)');
        }),
      ),
    );
    expect(results.filter((result) => result.status === 'rejected')).toHaveLength(34);
    expect(await count()).toBe(66);
    expect((await db.info()).commits).toBe(1);
  });

  test('the event loop turns while a long queue is written', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const rows = (id: string) =>
      Array.from({ length: 100 }, (_, index) =>
        toTraceRow({ id: `${id}-${index}`, input: 'x'.repeat(500) }),
      );
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        db.write((tx) => tx.upsert('traces', rows(`t${index}`))),
      ),
    );
    clearInterval(timer);
    expect(await count()).toBe(10_000);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('a queue that cannot write', () => {
  const open = (name: string): Connection => {
    const connection = new Connection(at(name), {
      readOnly: false,
      busyTimeoutMs: 0,
      durability: 'full',
      cacheMegabytes: 8,
    });
    connection.db.exec('PRAGMA journal_mode = WAL');
    return connection;
  };

  test('rejects with COAIA-0104 after its limit, and writes once the lock is gone', async () => {
    const other = open('busy.db');
    other.db.exec('CREATE TABLE t (a); BEGIN IMMEDIATE');
    const connection = open('busy.db');
    const queue = new WriteQueue(connection, { name: 'busy.db', busyLimitMs: 60, gather: false });
    const both = await Promise.allSettled([
      queue.push((tx) => tx.run('INSERT INTO t VALUES (1)')),
      queue.push((tx) => tx.run('INSERT INTO t VALUES (2)')),
    ]);
    expect(both).toMatchObject([
      { status: 'rejected', reason: { code: 'COAIA-0104' } },
      { status: 'rejected', reason: { code: 'COAIA-0104' } },
    ]);
    other.db.exec('COMMIT');
    await queue.push((tx) => tx.run('INSERT INTO t VALUES (3)'));
    expect(connection.all('SELECT a FROM t')).toEqual([{ a: 3 }]);
    other.close();
    connection.close();
  });

  test('a job alone that fails is rolled back and the next one works', async () => {
    const connection = open('alone.db');
    connection.db.exec('CREATE TABLE t (a)');
    const queue = new WriteQueue(connection, {
      name: 'alone.db',
      busyLimitMs: 1000,
      gather: false,
    });
    await expect(
      queue.push(async (tx) => {
        await tx.run('INSERT INTO t VALUES (1)');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await queue.push((tx) => tx.run('INSERT INTO t VALUES (2)'));
    expect(connection.all('SELECT a FROM t')).toEqual([{ a: 2 }]);
    expect(queue.commits).toBe(1);
    connection.close();
  });
});
