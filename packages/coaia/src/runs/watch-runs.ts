/** What a worker keeps an eye on while it works: its leases, and what others want of its runs. */
import type { ClaimRules } from './claim-run.ts';
import type { Execution } from './execution.ts';
import type { RunPorts } from './ports.ts';

/** Keeps the claims of the runs at work. */
export async function renewLeases(
  { db, clock }: RunPorts,
  active: ReadonlyMap<string, Execution>,
  { worker, leaseMs }: ClaimRules,
): Promise<void> {
  if (active.size === 0) return;
  await db.write((tx) =>
    tx.run(
      `UPDATE runs SET due_at = ? WHERE worker = ? AND worker_key = ? AND state = 'running' AND ${db.dialect.inList('id')}`,
      [
        clock() + leaseMs,
        worker.name,
        worker.key,
        JSON.stringify([...active.values()].map(({ hold }) => hold.id)),
      ],
    ),
  );
}

/** Passes on cancels and signals, and stops what this worker has lost. */
export async function watchRuns(
  { db }: RunPorts,
  active: ReadonlyMap<string, Execution>,
  { worker }: ClaimRules,
  stop: (execution: Execution, why: 'lost' | 'cancelled') => void,
): Promise<void> {
  if (active.size === 0) return;
  const before = [...active.values()];
  const rows = await db.read<Row>(
    "SELECT project_id, id, fence, nudges, cancel_at FROM runs WHERE worker = ? AND worker_key = ? AND state = 'running'",
    [worker.name, worker.key],
  );
  const byRun = new Map(
    rows.map((row) => [JSON.stringify([row.project_id, row.id, row.fence]), row]),
  );
  for (const execution of before) {
    const { hold, activity } = execution;
    if (activity.isOver || execution.isEnding) continue;
    const row = byRun.get(JSON.stringify([hold.projectId, hold.id, hold.fence]));
    if (row === undefined) stop(execution, 'lost');
    else look(execution, row, stop);
  }
}

interface Row {
  readonly project_id: string;
  readonly id: string;
  readonly fence: number;
  readonly nudges: number;
  readonly cancel_at: number | null;
}

function look(
  execution: Execution,
  row: Row,
  stop: (execution: Execution, why: 'lost' | 'cancelled') => void,
): void {
  if (row.nudges !== execution.nudges) {
    execution.nudges = row.nudges;
    execution.activity.nudge();
  }
  if (row.cancel_at !== null && !execution.controller.signal.aborted) stop(execution, 'cancelled');
}
