/** What is due, as the database has it. */
import type { Database } from '#store';
import type { DueRun } from './dispatcher.ts';

/**
 * Runs that somebody should look at now, most urgent first: those that begin, wake, or whose worker's lease is over.
 * Left out: other workflows, and runs that may not begin, because their queue is paused or there is no place under
 * their concurrency key.
 */
export async function listDueRuns(
  db: Database,
  { now, queues, limit }: { now: number; queues: readonly string[]; limit: number },
): Promise<readonly DueRun[]> {
  const rows = await db.read<{ project_id: string; id: string; priority: number; due_at: number }>(
    `SELECT project_id, id, priority, due_at FROM runs
     WHERE due_at <= ? AND ${db.dialect.inList('workflow')}
       AND (started_at IS NOT NULL OR deadline <= ? OR (
         NOT EXISTS (SELECT 1 FROM paused_queues q WHERE q.project_id = runs.project_id AND q.name = runs.workflow)
         AND (concurrency_key IS NULL OR concurrency_limit > (
           SELECT count(*) FROM runs o WHERE o.project_id = runs.project_id
             AND o.concurrency_key = runs.concurrency_key AND o.ended_at IS NULL AND o.started_at IS NOT NULL))))
     ORDER BY priority, due_at LIMIT ?`,
    [now, JSON.stringify(queues), now, limit],
  );
  return rows.map((row) => ({
    projectId: row.project_id,
    id: row.id,
    priority: row.priority,
    dueAt: row.due_at,
  }));
}

/** When the next run that is not due yet will be; undefined when there is none. */
export async function findNextDue(db: Database, now: number): Promise<number | undefined> {
  const [row] = await db.read<{ next: number | null }>(
    'SELECT min(due_at) AS next FROM runs WHERE due_at > ?',
    [now],
  );
  return row?.next ?? undefined;
}
