/** What every Database promises, run on SQLite and on Postgres. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Transaction } from '../database.ts';
import { listChanges, readLastChange } from '../list-changes.ts';
import { toTraceRow } from './sample-rows.ts';

export function describeDatabase(name: string, open: () => Promise<Database>): void {
  describe(`${name}: transactions`, () => {
    let db: Database;
    beforeAll(async () => {
      db = await open();
    });
    afterAll(async () => db.close());
    const write = (id: string) => db.write((tx) => tx.upsert('traces', [toTraceRow({ id })]));
    const has = async (id: string) =>
      (await db.read('SELECT 1 AS one FROM traces WHERE id = ?', [id])).length === 1;

    test('a resolved write is visible to the next read', async () => {
      await write('visible');
      expect(await has('visible')).toBe(true);
    });

    test('a failing write is undone alone, its neighbours stay', async () => {
      const results = await Promise.allSettled(
        ['n1', 'n2', 'n3', 'n4'].map((id) =>
          db.write(async (tx) => {
            await tx.upsert('traces', [toTraceRow({ id })]);
            if (id === 'n2') throw new RangeError('no');
            return id;
          }),
        ),
      );
      expect(results.map((result) => result.status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ]);
      expect(results[1]).toMatchObject({ reason: new RangeError('no') });
      expect(await Promise.all(['n1', 'n2', 'n3', 'n4'].map(has))).toEqual([
        true,
        false,
        true,
        true,
      ]);
    });

    test('a statement that fails rejects its write and no other', async () => {
      const bad = db.write((tx) => tx.run('INSERT INTO traces (id) VALUES (?)', ['half']));
      const good = write('beside-bad');
      await expect(bad).rejects.toThrow(/null|NULL/);
      await good;
      expect(await has('beside-bad')).toBe(true);
    });

    test('a read from outside does not see what is not committed, the transaction itself does', async () => {
      const seen = await db.write(async (tx) => {
        await tx.upsert('traces', [toTraceRow({ id: 'inside' })]);
        const own = await tx.read('SELECT id FROM traces WHERE id = ?', ['inside']);
        return { own: own.length, outside: await has('inside') };
      });
      expect(seen).toEqual({ own: 1, outside: false });
      expect(await has('inside')).toBe(true);
    });

    test('a transaction is useless after its work returned', async () => {
      const escaped = await db.write(async (tx): Promise<{ readonly tx: Transaction }> => ({ tx }));
      await expect(escaped.tx.run('DELETE FROM traces')).rejects.toThrow(/transaction is over/);
    });

    test('run tells how many rows changed', async () => {
      await write('count-1');
      await write('count-2');
      const changed = await db.write((tx) =>
        tx.run(`UPDATE traces SET name = ? WHERE id LIKE 'count-%'`, ['x']),
      );
      expect(changed).toBe(2);
    });

    test('writers that lock the same key do not overwrite each other', async () => {
      await db.write((tx) => tx.upsert('store_settings', [{ name: 'n', value: '0' }]));
      const add = () =>
        db.write(async (tx) => {
          await tx.lock(['setting n', 'another']);
          const [row] = await tx.read<{ value: string }>(
            `SELECT value FROM store_settings WHERE name = 'n'`,
          );
          await tx.upsert('store_settings', [{ name: 'n', value: String(Number(row?.value) + 1) }]);
        });
      await Promise.all(Array.from({ length: 25 }, add));
      expect(await db.read(`SELECT value FROM store_settings WHERE name = 'n'`)).toEqual([
        { value: '25' },
      ]);
    });

    test('transactions that wait for each other crosswise both succeed', async () => {
      await Promise.all([write('cross-a'), write('cross-b')]);
      const touch = (first: string, second: string) =>
        db.write(async (tx) => {
          await tx.run('UPDATE traces SET bookmarked = bookmarked + 1 WHERE id = ?', [first]);
          await new Promise((resolve) => setTimeout(resolve, 30));
          await tx.run('UPDATE traces SET bookmarked = bookmarked + 1 WHERE id = ?', [second]);
        });
      await Promise.all([touch('cross-a', 'cross-b'), touch('cross-b', 'cross-a')]);
      expect(
        await db.read(`SELECT bookmarked FROM traces WHERE id IN ('cross-a', 'cross-b')`),
      ).toEqual([{ bookmarked: 2 }, { bookmarked: 2 }]);
    });
  });

  describe(`${name}: counters, changes and facts`, () => {
    let db: Database;
    beforeAll(async () => {
      db = await open();
    });
    afterAll(async () => db.close());

    test('totals add up whoever adds', async () => {
      await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          db.write((tx) => tx.addToCounter('p1', 'traces', index % 4 === 0 ? -1 : 2)),
        ),
      );
      expect(
        await db.read(
          'SELECT sum(value) AS total FROM counters WHERE project_id = ? AND name = ?',
          ['p1', 'traces'],
        ),
      ).toEqual([{ total: 50 }]);
    });

    test('changes are listed in order after a given one', async () => {
      const start = await readLastChange(db);
      const add = (id: string) => db.write((tx) => tx.addChanges('p1', [{ kind: 'trace', id }]));
      await add('a');
      await add('b');
      const all = await listChanges(db, start);
      expect(all.map((row) => row.subject_id)).toEqual(['a', 'b']);
      expect(await listChanges(db, all[0]?.seq ?? 0)).toMatchObject([
        { project_id: 'p1', kind: 'trace', subject_id: 'b' },
      ]);
      expect(await readLastChange(db)).toBe(all[1]?.seq);
    });

    test('the change token moves with a commit', async () => {
      const before = await db.changeToken();
      await db.write((tx) => tx.upsert('traces', [toTraceRow({ id: 'token' })]));
      expect(await db.changeToken()).not.toBe(before);
    });

    test('info names engine, schema and commits', async () => {
      const info = await db.info();
      expect(info).toMatchObject({ dialect: name, durability: 'full' });
      expect(info.schemaVersion).toBe(info.latestSchemaVersion);
      expect(info.bytes).toBeGreaterThan(10_000);
      expect(info.commits).toBeGreaterThan(0);
    });
  });

  test(`${name}: a closed store refuses, closing twice is harmless`, async () => {
    const db = await open();
    await db.close();
    await expect(db.read('SELECT 1 AS one')).rejects.toMatchObject({ code: 'COAIA-0108' });
    await expect(db.write(async () => 1)).rejects.toMatchObject({ code: 'COAIA-0108' });
    await db.close();
  });
}
