/** A full disk, on a small file system in memory; needs root to mount one. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { openDatabase } from '../open-database.ts';
import { toTraceRow } from '../testing/sample-rows.ts';
import { openTemporaryFolder } from '../testing/temporary-folder.ts';

const at = openTemporaryFolder();
const folder = at('small');
mkdirSync(folder);
const isMounted =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder]).status === 0;
if (!isMounted) process.stdout.write('not run: the full-disk test needs root to mount a tmpfs\n');

describe.skipIf(!isMounted)('a full disk', () => {
  let db: Database;
  const filler = join(folder, 'filler');
  beforeAll(async () => {
    const location = { kind: 'sqlite', path: join(folder, 'coaia.db') } as const;
    db = await openDatabase(location, { mode: 'server', migrate: 'create' });
  });
  afterAll(async () => {
    await db.close();
    spawnSync('umount', [folder]);
  });
  const write = (id: string, size: number) =>
    db.write((tx) => tx.upsert('traces', [toTraceRow({ id, input: 'x'.repeat(size) })]));

  test('rejects with 507, keeps what was acknowledged, reads on and recovers by itself', async () => {
    const acknowledged: string[] = [];
    const refused: unknown[] = [];
    writeFileSync(filler, Buffer.alloc(3_000_000));
    for (let round = 0; round < 60 && refused.length < 12; round++) {
      const ids = [0, 1, 2, 3].map((n) => `r${round}-${n}`);
      const results = await Promise.allSettled(ids.map((id) => write(id, 40_000)));
      for (const [index, result] of results.entries()) {
        if (result.status === 'fulfilled') acknowledged.push(ids[index] ?? '');
        else refused.push(result.reason);
      }
    }
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThanOrEqual(12);
    for (const reason of refused) {
      expect(reason).toMatchObject({ code: 'COAIA-0105', definition: { status: 507 } });
      // The sentence is sent to clients, whom the folders of this machine do not concern.
      expect(String(reason)).not.toContain(folder);
    }
    const stored = await db.read<{ id: string }>('SELECT id FROM traces');
    expect(stored.map((row) => row.id).toSorted()).toEqual(acknowledged.toSorted());
    rmSync(filler);
    await write('after', 40_000);
    expect(await db.read(`SELECT id FROM traces WHERE id = 'after'`)).toEqual([{ id: 'after' }]);
    expect(await db.read('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });
});
