import { describe, expect, test } from 'vitest';
import type { SqlRow } from './database.ts';
import { listChanges } from './list-changes.ts';
import { pruneChanges } from './maintenance/prune-changes.ts';
import { openTestDatabases } from './open-test-database.ts';

const toRow = (seq: number, at: number) => ({
  seq,
  project_id: 'p1',
  kind: 'trace',
  subject_id: `s${seq}`,
  at,
});
const listOf = (rows: readonly SqlRow[]) => ({
  read: async <Row>() => rows as readonly Row[],
});

test('a fresh hole ends the list, because the number may still arrive', async () => {
  const now = Date.now();
  const rows = [toRow(5, now), toRow(6, now), toRow(8, now)];
  expect((await listChanges(listOf(rows), 4)).map((row) => row.seq)).toEqual([5, 6]);
  expect(await listChanges(listOf(rows.slice(2)), 6)).toEqual([]);
});

test('an old hole is a transaction that never was', async () => {
  const old = Date.now() - 60_000;
  const rows = [toRow(5, old), toRow(8, old), toRow(9, Date.now())];
  expect((await listChanges(listOf(rows), 4)).map((row) => row.seq)).toEqual([5, 8, 9]);
});

describe.each(openTestDatabases())('$name', ({ open }) => {
  test('parallel writers lose no change for somebody who follows', async () => {
    const db = await open();
    const seen: string[] = [];
    let after = 0;
    const follow = async (): Promise<void> => {
      for (const row of await listChanges(db, after)) {
        seen.push(row.subject_id);
        after = row.seq;
      }
    };
    let isWriting = true;
    const writing = Promise.all(
      Array.from({ length: 60 }, async (_, index) =>
        db.write(async (tx) => {
          await tx.addChanges('p1', [{ kind: 'trace', id: `c${index}` }]);
          await new Promise((resolve) => setTimeout(resolve, (index * 7) % 13));
        }),
      ),
    ).finally(() => {
      isWriting = false;
    });
    while (isWriting) {
      await follow();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await writing;
    await follow();
    await db.close();
    expect(seen.toSorted()).toEqual(Array.from({ length: 60 }, (_, n) => `c${n}`).toSorted());
  });

  test('pruning keeps the newest changes', async () => {
    const db = await open();
    expect(await pruneChanges(db, 10)).toBe(0);
    const entries = Array.from({ length: 5000 }, (_, n) => ({
      kind: 'trace' as const,
      id: `c${n}`,
    }));
    await db.write((tx) => tx.addChanges('p1', entries));
    expect(await pruneChanges(db, 10)).toBe(4990);
    expect(await pruneChanges(db, 10)).toBe(0);
    const left = await listChanges(db, 4990);
    expect(left.map((row) => row.subject_id)).toEqual(
      Array.from({ length: 10 }, (_, n) => `c${4990 + n}`),
    );
    await db.close();
  });
});
