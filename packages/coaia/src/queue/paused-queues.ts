/** Queues that people have paused. A queue is a workflow of a project; what runs goes on, nothing new begins. */
import type { Clock } from '#base';
import type { Database } from '#store';

/** Pausing what is paused changes nothing. */
export async function pauseQueue(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  projectId: string,
  name: string,
): Promise<void> {
  await db.write((tx) =>
    tx.run(
      'INSERT INTO paused_queues (project_id, name, paused_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      [projectId, name, clock()],
    ),
  );
}

export async function resumeQueue(db: Database, projectId: string, name: string): Promise<void> {
  await db.write((tx) =>
    tx.run('DELETE FROM paused_queues WHERE project_id = ? AND name = ?', [projectId, name]),
  );
}

export async function listPausedQueues(
  db: Database,
  projectId: string,
): Promise<readonly string[]> {
  const rows = await db.read<{ name: string }>(
    'SELECT name FROM paused_queues WHERE project_id = ? ORDER BY name',
    [projectId],
  );
  return rows.map(({ name }) => name);
}
