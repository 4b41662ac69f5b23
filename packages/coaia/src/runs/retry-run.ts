/** Another attempt of a run that failed or was cancelled: finished steps stay, everything else is forgotten. */
import type { RunRow, Transaction } from '#store';

/** Queues the run again for `dueAt`; the caller has its row locked. Its deadline is as far away as it was at first. */
export async function requeueRun(tx: Transaction, row: RunRow, dueAt: number): Promise<void> {
  await tx.run(
    "DELETE FROM run_steps WHERE project_id = ? AND run_id = ? AND state <> 'succeeded'",
    [row.project_id, row.id],
  );
  await tx.run(
    `UPDATE runs SET state = 'queued', attempt = attempt + 1, due_at = ?, deadline = ?, crashes = 0, crash_steps = 0,
       cancel_at = NULL, worker = NULL, worker_key = NULL, started_at = NULL, ended_at = NULL, error = NULL
     WHERE project_id = ? AND id = ?`,
    [
      dueAt,
      row.deadline === null ? null : dueAt + (row.deadline - row.created_at),
      row.project_id,
      row.id,
    ],
  );
}
