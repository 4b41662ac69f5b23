/** The log is kept as long as the records it speaks about. */
import type { EvaluationPorts } from './ports.ts';

const DAY_MS = 86_400_000;
/** Rows per transaction, so that nobody waits long behind it. */
const STEP = 2000;

/** Removes ended evaluations that are older than their project keeps anything; returns how many. */
export async function pruneEvaluations({
  db,
  clock,
}: Pick<EvaluationPorts, 'db' | 'clock'>): Promise<number> {
  const projects = await db.read<{ readonly id: string; readonly retention_days: number }>(
    'SELECT id, retention_days FROM projects WHERE retention_days > 0',
  );
  let total = 0;
  for (const { id, retention_days: days } of projects) {
    const values = [id, id, clock() - days * DAY_MS, STEP];
    for (let count = STEP; count === STEP; total += count)
      count = await db.write((tx) =>
        tx.run(
          `DELETE FROM evaluations WHERE project_id = ? AND id IN (
             SELECT id FROM evaluations WHERE project_id = ? AND created_at < ?
             AND status IN ('done', 'failed') ORDER BY created_at LIMIT ?)`,
          values,
        ),
      );
  }
  return total;
}
