import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openDatabase } from '../open-database.ts';
import { toTraceRow } from '../testing/sample-rows.ts';
import { openTemporaryFolder } from '../testing/temporary-folder.ts';
import { toKind } from './checkpointer.ts';

const at = openTemporaryFolder();
const MB = 1024 * 1024;

test('the size of the log decides what is done', () => {
  expect(toKind(0, 0)).toBeUndefined();
  expect(toKind(16 * MB, 16 * MB)).toBeUndefined();
  expect(toKind(17 * MB, 17 * MB)).toBe('PASSIVE');
  expect(toKind(40 * MB, 2 * MB)).toBeUndefined();
  expect(toKind(65 * MB, 0)).toBe('RESTART');
  expect(toKind(257 * MB, 100 * MB)).toBe('TRUNCATE');
});

test(
  'a server moves the log into the store while it writes, and empties it at the end',
  { timeout: 60_000 },
  async () => {
    const path = at('coaia.db');
    const db = await openDatabase({ kind: 'sqlite', path }, { mode: 'server', migrate: 'create' });
    const size = () => statSync(path).size;
    const small = size();
    const input = 'x'.repeat(100_000);
    for (let n = 0; size() === small; n++) {
      await db.write((tx) =>
        tx.upsert(
          'traces',
          Array.from({ length: 20 }, (_, k) => toTraceRow({ id: `${n}-${k}`, input })),
        ),
      );
      await new Promise((resolve) => setTimeout(resolve, 20));
      // 100 rounds are 200 MB: without a checkpoint the file would still be as small as at the start.
      expect(n).toBeLessThan(100);
    }
    expect((await db.info()).walBytes).toBeGreaterThan(0);
    await db.close();
    expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    const again = await openDatabase(
      { kind: 'sqlite', path },
      { mode: 'process', migrate: 'never' },
    );
    expect(await again.read('PRAGMA quick_check')).toEqual([{ quick_check: 'ok' }]);
    await again.close();
  },
);
