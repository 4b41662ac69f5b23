/** A new run, inside the caller's transaction. */
import { createId, toStored } from '#base';
import type { Scope } from '#base';
import type { RunRow, RunStepRow, SqlValue, Transaction } from '#store';
import type { RunRequest } from './engine.ts';
import { runErrors } from './errors.ts';
import type { RunPorts } from './ports.ts';
import { readRun } from './storage.ts';

/**
 * Starts a run, or answers the one that has this id. Throws COAIA-0900 or COAIA-0907 when it is to go on from a
 * run or a step that is not there.
 */
export async function startRun(
  ports: RunPorts,
  tx: Transaction,
  scope: Scope,
  request: RunRequest,
): Promise<{ readonly row: RunRow; readonly isNew: boolean }> {
  const row = toRow(scope, request, ports.clock());
  const key = { projectId: row.project_id, id: row.id };
  if (!(await insertRun(tx, row))) {
    return { row: (await readRun(tx, key)) ?? row, isNew: false };
  }
  if (request.forkOf !== undefined) await copySteps(tx, row, request.forkOf);
  if (request.events !== undefined) await ports.recorder.record(tx, scope, request.events);
  return { row, isNew: true };
}

function toRow(scope: Scope, request: RunRequest, now: number): RunRow {
  return {
    project_id: scope.projectId,
    id: request.id ?? createId(),
    workflow: request.workflow,
    name: request.name,
    state: 'queued',
    priority: Math.trunc(request.priority ?? 0),
    due_at: Math.max(now, request.notBefore ?? now),
    deadline: request.deadline ?? null,
    concurrency_key: request.concurrencyKey ?? null,
    concurrency_limit:
      request.concurrencyKey === undefined ? null : (request.concurrencyLimit ?? 1),
    attempt: 1,
    max_attempts: Math.max(1, request.maxAttempts ?? 1),
    crashes: 0,
    crash_steps: 0,
    fence: 0,
    nudges: 0,
    cancel_at: null,
    worker: null,
    worker_key: null,
    parent_run_id: request.parentRunId ?? null,
    schedule_id: request.scheduleId ?? null,
    trace_id: request.traceId,
    created_at: now,
    started_at: null,
    ended_at: null,
    error: null,
    scope: JSON.stringify(scope),
    input: toStored(request.input),
    output: null,
  };
}

async function insertRun(tx: Transaction, row: RunRow): Promise<boolean> {
  const columns = Object.keys(row);
  const changed = await tx.run(
    `INSERT INTO runs (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
    Object.values(row) as SqlValue[],
  );
  return changed === 1;
}

/** Finished steps that come before the named one, or those the caller names, as if they had been done here. */
async function copySteps(
  tx: Transaction,
  row: RunRow,
  { runId, fromStep, keep }: NonNullable<RunRequest['forkOf']>,
): Promise<void> {
  const key = { projectId: row.project_id, id: runId };
  if ((await readRun(tx, key)) === undefined)
    throw runErrors.create('COAIA-0900', `There is no run "${runId}" in this project.`);
  const steps = await tx.read<RunStepRow>(
    'SELECT * FROM run_steps WHERE project_id = ? AND run_id = ?',
    [key.projectId, runId],
  );
  const from = steps.find(({ name }) => name === fromStep);
  if (from === undefined && keep === undefined)
    throw runErrors.create('COAIA-0907', `Run "${runId}" has no step "${fromStep}".`);
  const isBefore = (step: RunStepRow): boolean =>
    keep?.includes(step.name) ?? (from !== undefined && step.seq < from.seq);
  const taken = steps.filter((step) => step.state === 'succeeded' && isBefore(step));
  await tx.upsert(
    'run_steps',
    taken.map((step) => ({ ...step, run_id: row.id, run_attempt: 0 })),
  );
}
