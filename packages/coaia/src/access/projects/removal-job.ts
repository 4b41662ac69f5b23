/** Runs removals in the background, one after the other, and goes on with them after a restart. */
import type { ProjectDeletionRow } from '#store';
import { listUnfinished, removeProjectData } from './remove-data.ts';
import type { RemovalPorts } from './remove-data.ts';

export interface RemovalJob {
  /** Looks for removals now. */
  wake(): void;
  /** Resolves when nothing is left to do; for tests and the command line. */
  idle(): Promise<void>;
  /** Stops after the transaction that runs. */
  close(): Promise<void>;
}

export interface RemovalJobOptions extends Omit<RemovalPorts, 'signal'> {
  readonly onDone: (projectId: string, rowCount: number) => void;
  readonly onFailed: (projectId: string, error: unknown) => void;
}

/** A removal that failed is tried again after this long. */
const RETRY_MS = 60_000;

/** Starts at once with what an earlier process left. */
export function openRemovalJob(options: RemovalJobOptions): RemovalJob {
  const abort = new AbortController();
  const ports: RemovalPorts = { ...options, signal: abort.signal };
  let running: Promise<void> | undefined;
  let isWanted = false;
  let timer: NodeJS.Timeout | undefined;

  const runOne = async (row: ProjectDeletionRow) => {
    const { project_id: projectId } = row;
    try {
      const count = await removeProjectData(ports, row);
      if (count !== undefined) options.onDone(projectId, count);
    } catch (error) {
      options.onFailed(projectId, error);
      timer ??= setTimeout(() => {
        timer = undefined;
        wake();
      }, RETRY_MS).unref();
    }
  };

  const runAll = async () => {
    while (isWanted && !abort.signal.aborted) {
      isWanted = false;
      for (const row of await listUnfinished(options.db)) {
        if (abort.signal.aborted) return;
        await runOne(row);
      }
    }
  };

  const wake = () => {
    if (abort.signal.aborted) return;
    isWanted = true;
    running ??= runAll()
      .catch((error: unknown) => options.onFailed('', error))
      .then(() => {
        running = undefined;
        if (isWanted) wake();
        return running;
      });
  };

  wake();
  return {
    wake,
    async idle() {
      await running;
    },
    async close() {
      abort.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
