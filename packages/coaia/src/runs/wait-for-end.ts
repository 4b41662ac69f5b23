/** Waiting for a run without a worker: at once for this process, five times a second for others. */
import { createWaiter } from '#queue';
import type { Run } from './engine.ts';
import type { RunKey, RunPorts } from './ports.ts';
import { isEnded, toRun } from './run-record.ts';
import { readRun } from './storage.ts';

const POLL_MS = 200;

/** Resolves with the ended run, or with undefined when there is no such run. Rejects when `signal` is aborted. */
export async function waitForEnd(
  { db, notices }: Pick<RunPorts, 'db' | 'notices'>,
  key: RunKey,
  signal?: AbortSignal,
): Promise<Run | undefined> {
  const waiter = createWaiter();
  const stop = notices.listen((id) => {
    if (id === key.id) waiter.wake();
  });
  signal?.addEventListener('abort', waiter.wake);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const [row] = await db.read<{ state: string }>(
        'SELECT state FROM runs WHERE project_id = ? AND id = ?',
        [key.projectId, key.id],
      );
      if (row === undefined) return undefined;
      if (isEnded(row)) break;
      await waiter.wait(POLL_MS);
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', waiter.wake);
  }
  const row = await readRun(db, key);
  return row === undefined ? undefined : toRun(row);
}
