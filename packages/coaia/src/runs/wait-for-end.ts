/** Waiting for a run without a worker: at once for this process, five times a second for others. */
import type { Run } from './engine.ts';
import type { RunKey, RunPorts } from './ports.ts';
import { isEnded, toRun } from './run-record.ts';
import { readRun } from './storage.ts';

const POLL_MS = 200;

/** Resolves with the ended run, or with undefined when there is no such run. Rejects when `signal` is aborted. */
export async function waitForEnd(
  { db, notices }: RunPorts,
  key: RunKey,
  signal?: AbortSignal,
): Promise<Run | undefined> {
  let wake = (): void => {};
  let isTold = false;
  const hear = (): void => {
    isTold = true;
    wake();
  };
  const stop = notices.listen((id) => {
    if (id === key.id) hear();
  });
  signal?.addEventListener('abort', hear);
  try {
    for (;;) {
      signal?.throwIfAborted();
      isTold = false;
      const [row] = await db.read<{ state: string }>(
        'SELECT state FROM runs WHERE project_id = ? AND id = ?',
        [key.projectId, key.id],
      );
      if (row === undefined) return undefined;
      if (isEnded(row)) break;
      if (!isTold) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, POLL_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', hear);
  }
  const row = await readRun(db, key);
  return row === undefined ? undefined : toRun(row);
}
