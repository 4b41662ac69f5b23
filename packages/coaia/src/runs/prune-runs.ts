/** Removes what ended long ago. */
import type { Database } from '#store';

const PART = 200;

/**
 * Runs that ended before `before` go, with their steps and signals, in small transactions, and the history of
 * schedules up to then. Answers how many runs.
 */
export async function pruneRuns(
  db: Database,
  {
    projectId,
    before,
    signal,
  }: { projectId: string; before: number; signal?: AbortSignal | undefined },
): Promise<number> {
  let removed = 0;
  await db.write((tx) =>
    tx.run('DELETE FROM schedule_fires WHERE project_id = ? AND fired_at < ?', [projectId, before]),
  );
  for (;;) {
    signal?.throwIfAborted();
    const count = await db.write(async (tx) => {
      const rows = await tx.read<{ id: string }>(
        'SELECT id FROM runs WHERE project_id = ? AND ended_at < ? ORDER BY ended_at LIMIT ?',
        [projectId, before, PART],
      );
      const ids = JSON.stringify(rows.map(({ id }) => id));
      for (const table of ['run_steps', 'run_signals'])
        await tx.run(
          `DELETE FROM ${table} WHERE project_id = ? AND ${db.dialect.inList('run_id')}`,
          [projectId, ids],
        );
      return tx.run(`DELETE FROM runs WHERE project_id = ? AND ${db.dialect.inList('id')}`, [
        projectId,
        ids,
      ]);
    });
    removed += count;
    if (count < PART) return removed;
  }
}
