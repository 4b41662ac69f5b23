/** Forgets ended runs of projects that keep things for a number of days, as their traces are forgotten. */
import { systemClock } from '#base';
import type { Clock } from '#base';
import { pruneRuns } from '#runs';
import type { Database } from '#store';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface RunRetentionOptions {
  readonly db: Database;
  readonly clock?: Clock;
  readonly log: (message: string, error: unknown) => void;
}

/** One round; answers how many runs are gone. */
export async function pruneOldRuns(
  { db, clock = systemClock }: Omit<RunRetentionOptions, 'log'>,
  signal?: AbortSignal,
): Promise<number> {
  const projects = await db.read<{ id: string; days: number }>(
    'SELECT id, retention_days AS days FROM projects WHERE retention_days > 0',
  );
  let removed = 0;
  for (const { id: projectId, days } of projects) {
    const before = clock() - days * DAY_MS;
    removed += await pruneRuns(db, {
      projectId,
      before,
      ...(signal === undefined ? {} : { signal }),
    });
  }
  return removed;
}

/** A round every hour until it is closed; the one under way is waited for. */
export function openRunRetention({ log, ...ports }: RunRetentionOptions): {
  close(): Promise<void>;
} {
  const stop = new AbortController();
  let round: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    round = pruneOldRuns(ports, stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted) log('old runs could not be removed', error);
    });
  }, HOUR_MS);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      stop.abort(new Error('the server stops'));
      await round;
    },
  };
}
