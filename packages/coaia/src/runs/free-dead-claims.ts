/** Runs whose worker was a process of this machine that is gone need not wait for the end of its lease. */
import type { RunPorts } from './ports.ts';
import { isDead } from './worker-identity.ts';

/** True when there were any. */
export async function freeDeadClaims({ db, clock, notices }: RunPorts): Promise<boolean> {
  const workers = await db.read<{ worker: string; worker_key: string }>(
    'SELECT DISTINCT worker, worker_key FROM runs WHERE worker IS NOT NULL',
  );
  const dead = workers.filter(({ worker_key: key }) => isDead(key));
  if (dead.length === 0) return false;
  await db.write(async (tx) => {
    for (const { worker, worker_key } of dead) {
      await tx.run(
        "UPDATE runs SET due_at = ? WHERE worker = ? AND worker_key = ? AND state = 'running' AND due_at > ?",
        [clock(), worker, worker_key, clock()],
      );
    }
  });
  notices.tell();
  return true;
}
