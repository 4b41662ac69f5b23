/** Keeps the event sequence short: live updates only ever need its end. */
import type { Database } from '../database.ts';

const KEPT = 20_000;
/** Rows deleted per transaction, so that ingestion never waits long behind a prune. */
const STEP = 2000;
const EVERY_MS = 30_000;

/** Deletes all but the newest `kept` changes; returns how many went. */
export async function pruneChanges(
  db: Pick<Database, 'read' | 'write'>,
  kept = KEPT,
): Promise<number> {
  const [ends] = await db.read<{ readonly first: number | null; readonly last: number | null }>(
    'SELECT (SELECT MIN(seq) FROM changes) AS first, (SELECT MAX(seq) FROM changes) AS last',
  );
  if (ends === undefined || ends.first === null || ends.last === null) return 0;
  const end = ends.last - kept;
  let pruned = 0;
  for (let next = ends.first + STEP; next - STEP <= end; next += STEP) {
    const bound = Math.min(end, next);
    pruned += await db.write((tx) => tx.run('DELETE FROM changes WHERE seq <= ?', [bound]));
  }
  return pruned;
}

/** Prunes now and then for as long as the store is open; closing the store stops it. Never keeps a process alive. */
export function withPruning(db: Database): Database {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    // A failing prune (disk full, database away) is tried again by the next round.
    running = pruneChanges(db).catch(() => 0);
  }, EVERY_MS);
  timer.unref();
  return {
    ...db,
    async close() {
      clearInterval(timer);
      await running;
      await db.close();
    },
  };
}
