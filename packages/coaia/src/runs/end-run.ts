/** The end of a run, inside the caller's transaction: state, events, open steps, children, and who waits for it. */
import { toStored } from '#base';
import type { IngestionEvent } from '#base';
import type { RunRow, Transaction } from '#store';
import type { RunEnd, RunFailure } from './engine.ts';
import { runErrors } from './errors.ts';
import { toRunFailure } from './failures.ts';
import type { RunPorts } from './ports.ts';
import { isEnded, toRun, toScope } from './run-record.ts';
import { startRun } from './start-run.ts';
import { lockRun, nudgeRun } from './storage.ts';

export type Ending =
  | {
      readonly state: 'succeeded';
      readonly output: unknown;
      readonly events: readonly IngestionEvent[];
    }
  | { readonly state: 'failed' | 'cancelled'; readonly error: RunFailure };

/**
 * Ends the run; the caller has its row locked. Children that are open are cancelled. Answers the runs that begin
 * with it, which somebody has to announce when the transaction is committed.
 */
export async function endRun(
  ports: RunPorts,
  tx: Transaction,
  row: RunRow,
  ending: Ending,
): Promise<readonly RunRow[]> {
  const now = ports.clock();
  const { project_id: projectId, id } = row;
  const output = ending.state === 'succeeded' ? toStored(ending.output) : null;
  const error = ending.state === 'succeeded' ? null : JSON.stringify(ending.error);
  await tx.run(
    `UPDATE runs SET state = ?, output = ?, error = ?, ended_at = ?, due_at = NULL, worker = NULL, worker_key = NULL
     WHERE project_id = ? AND id = ?`,
    [ending.state, output, error, now, projectId, id],
  );
  await tx.run(
    `UPDATE run_steps SET state = 'cancelled', ended_at = ? WHERE project_id = ? AND run_id = ? AND state IN ('running', 'waiting')`,
    [now, projectId, id],
  );
  const { events, starts = [] }: RunEnd =
    ending.state === 'succeeded'
      ? ending
      : toRunEnd(ports, { ...row, state: ending.state, ended_at: now, error }, ending.error);
  if (events.length > 0) await ports.recorder.record(tx, toScope(row), events);
  await cancelChildren(ports, tx, row);
  if (row.parent_run_id !== null) await nudgeRun(tx, { projectId, id: row.parent_run_id }, now);
  const started: RunRow[] = [];
  for (const request of starts)
    started.push((await startRun(ports, tx, toScope(row), request)).row);
  return started;
}

function toRunEnd(ports: RunPorts, row: RunRow, error: RunFailure): RunEnd {
  return ports.workflows.get(row.workflow)?.onEnd?.(toRun(row), error) ?? { events: [] };
}

async function cancelChildren(ports: RunPorts, tx: Transaction, row: RunRow): Promise<void> {
  const children = await tx.read<{ id: string }>(
    'SELECT id FROM runs WHERE project_id = ? AND parent_run_id = ? AND ended_at IS NULL ORDER BY id',
    [row.project_id, row.id],
  );
  for (const { id } of children) {
    const child = await lockRun(ports.db, tx, { projectId: row.project_id, id });
    if (child !== undefined && !isEnded(child)) {
      const reason = 'The run that had started it has ended.';
      await cancelRun(ports, tx, { ...child, parent_run_id: null }, reason);
    }
  }
}

/** Ends a run nobody works on; a worker is told and ends it. The caller has the row locked. */
export async function cancelRun(
  ports: RunPorts,
  tx: Transaction,
  row: RunRow,
  reason = 'The run was cancelled.',
): Promise<void> {
  if (row.state === 'running') {
    await tx.run(
      'UPDATE runs SET cancel_at = coalesce(cancel_at, ?), nudges = nudges + 1 WHERE project_id = ? AND id = ?',
      [ports.clock(), row.project_id, row.id],
    );
    return;
  }
  const error = toRunFailure(runErrors.create('COAIA-0910', reason));
  await endRun(ports, tx, row, { state: 'cancelled', error });
}
