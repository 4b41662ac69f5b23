/** Following the event sequence without missing anything. */
import type { Database } from './database.ts';
import type { ChangeRow } from './tables.ts';

/** Time after which a missing number is taken for a transaction that was rolled back. */
const HOLE_MS = 2000;

/**
 * Changes of all projects after `after`, in order, at most `limit`. Parallel transactions on Postgres commit in
 * another order than they take numbers, so the list stops before a fresh hole; it is filled or skipped within
 * two seconds.
 */
export async function listChanges(
  database: Pick<Database, 'read'>,
  after: number,
  limit = 1000,
): Promise<readonly ChangeRow[]> {
  const rows = await database.read<ChangeRow>(
    'SELECT seq, project_id, kind, subject_id, at FROM changes WHERE seq > ? ORDER BY seq LIMIT ?',
    [after, limit],
  );
  const now = Date.now();
  let expected = after + 1;
  const end = rows.findIndex((row) => {
    const isFreshHole = row.seq !== expected && now - row.at < HOLE_MS;
    expected = row.seq + 1;
    return isFreshHole;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

/** The newest number, for somebody who wants only what comes from now on. */
export async function readLastChange(database: Pick<Database, 'read'>): Promise<number> {
  const rows = await database.read<{ readonly seq: number | null }>(
    'SELECT max(seq) AS seq FROM changes',
  );
  return rows[0]?.seq ?? 0;
}
