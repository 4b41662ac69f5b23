/** kill -9: what was predicted more than half a second (and a write) before is in the log, whole. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '#store';
import type { PredictionSegmentRow } from '#store';
import { expect, it } from 'vitest';
import { toIdTime } from './log/prediction-id.ts';
import { decodeSegment } from './log/segment.ts';

/** Half a second until the flush, and time for the write on a busy machine. */
const LOST_MS = 1500;

it('loses no more than what was not flushed', { timeout: 30_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coaia-crash-'));
  const path = join(folder, 'coaia.db');
  const script = join(import.meta.dirname, 'testing', 'record-forever.ts');
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString('utf8')));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const list = () => text.split('\n').slice(0, -1);
  while (list().length < 300) await sleep(20);
  child.kill('SIGKILL');
  await ended;
  const db = await openDatabase({ kind: 'sqlite', path }, { mode: 'process', migrate: 'never' });
  const rows = await db.read<PredictionSegmentRow>('SELECT * FROM prediction_segments');
  const kept = (await Promise.all(rows.map((row) => decodeSegment(row.data, row)))).flat();
  const [sum] = await db.read<{ count: number }>(
    `SELECT sum(predictions) AS count FROM prediction_stats WHERE route = 'live'`,
  );
  await db.close();
  await rm(folder, { recursive: true, force: true });
  const ids = new Set(kept.map(({ requestId }) => requestId));
  const last = toIdTime(list().at(-1) ?? '') ?? 0;
  const old = list().filter((id) => (toIdTime(id) ?? 0) < last - LOST_MS);
  expect(old.filter((id) => !ids.has(id))).toEqual([]);
  expect(sum?.count).toBe(ids.size);
  expect(ids.size).toBeGreaterThan(0);
});
