/** One claimed run at work: its journal so far, what it has reached, and how it is told to stop. */
import type { Scope } from '#base';
import type { RunRow, RunStepRow, Transaction } from '#store';
import { Activity } from './activity.ts';
import type { Run, RunFailure } from './engine.ts';
import { runErrors } from './errors.ts';
import { ClaimLostError, isStoreTrouble, toStepError, toRunFailure } from './failures.ts';
import type { RunPorts } from './ports.ts';
import { toFailure, toRun, toScope } from './run-record.ts';
import { writeJournal } from './storage.ts';
import type { Hold } from './storage.ts';

export interface Execution {
  readonly ports: RunPorts;
  readonly row: RunRow;
  readonly run: Run;
  readonly scope: Scope;
  readonly hold: Hold;
  readonly controller: AbortController;
  readonly activity: Activity;
  /** By name. */
  readonly steps: Map<string, RunStepRow>;
  readonly reached: Set<string>;
  /** Told when a step has been finished by this claim. */
  readonly onProgress: () => void;
  /** What the run fails with whatever its workflow makes of it. */
  fatal: RunFailure | undefined;
  /** Number of the step that was reached last for the first time. */
  lastSeq: number;
  /** Its end is being written. */
  isEnding: boolean;
  /** As last seen. */
  nudges: number;
}

export function createExecution(
  ports: RunPorts,
  row: RunRow,
  steps: readonly RunStepRow[],
  onProgress: () => void,
): Execution {
  const hold = { projectId: row.project_id, id: row.id, fence: row.fence };
  const execution: Execution = {
    ports,
    row,
    run: toRun(row),
    scope: toScope(row),
    hold,
    controller: new AbortController(),
    activity: new Activity({
      now: ports.clock,
      suspend: (until) => suspend(execution, until),
    }),
    steps: new Map(steps.map((step) => [step.name, step])),
    reached: new Set(),
    onProgress,
    fatal: undefined,
    lastSeq: steps.at(-1)?.seq ?? 0,
    isEnding: false,
    nudges: row.nudges,
  };
  return execution;
}

/** Puts the run away without a worker, unless something came in since the waiters last looked. */
async function suspend(execution: Execution, until: number | undefined): Promise<boolean> {
  const { ports, hold, row } = execution;
  const times = [until, row.deadline].filter((time) => typeof time === 'number');
  const due = times.length === 0 ? null : Math.min(...times);
  try {
    const nudges = await writeJournal(ports.db, hold, async (tx, run) => {
      if (run.nudges === execution.nudges) await rest(tx, hold, due);
      return run.nudges;
    });
    if (nudges !== execution.nudges) {
      execution.nudges = nudges;
      return false;
    }
  } catch {
    // The claim is lost, or the store is away: then the lease ends and another worker goes on.
    return true;
  }
  const { projectId, id } = hold;
  if (due !== null)
    ports.dispatcher?.announce({ projectId, id, dueAt: due, priority: row.priority });
  ports.notices.tell(id);
  return true;
}

/** Gives the claim back; the run goes on at `due`, or when it is nudged. */
export async function rest(tx: Transaction, hold: Hold, due: number | null): Promise<void> {
  await tx.run(
    `UPDATE runs SET state = 'waiting', due_at = ?, worker = NULL, worker_key = NULL
     WHERE project_id = ? AND id = ? AND fence = ? AND state = 'running'`,
    [due, hold.projectId, hold.id, hold.fence],
  );
}

/**
 * The journal's word on a step that the workflow reaches, undefined when there is none. Throws what stops the run,
 * what the step failed with, and COAIA-0905 for a name that was used before.
 */
export function reachStep(execution: Execution, name: string): RunStepRow | undefined {
  execution.controller.signal.throwIfAborted();
  if (execution.reached.has(name)) {
    const error = runErrors.create('COAIA-0905', `The run uses the step name "${name}" twice.`);
    execution.fatal ??= toRunFailure(error, name);
    throw error;
  }
  execution.reached.add(name);
  const step = execution.steps.get(name);
  if (step?.state === 'failed') throw toStepError(toStepFailure(step));
  return step;
}

function toStepFailure(step: RunStepRow): RunFailure {
  return toFailure(step.error) ?? { code: 'COAIA-0901', message: 'The step failed.' };
}

/** A row of the journal as it stands before this attempt; nothing is written. */
export function toStepRow(execution: Execution, name: string): RunStepRow {
  const known = execution.steps.get(name);
  if (known !== undefined) return known;
  const row: RunStepRow = {
    project_id: execution.hold.projectId,
    run_id: execution.hold.id,
    name,
    seq: ++execution.lastSeq,
    state: 'running',
    attempt: 1,
    run_attempt: execution.row.attempt,
    observation_id: null,
    started_at: execution.ports.clock(),
    ended_at: null,
    retry_at: null,
    error: null,
    output: null,
  };
  execution.steps.set(name, row);
  return row;
}

/** Writes a step's row and what belongs to it in one transaction of the journal. */
export async function writeStep(
  execution: Execution,
  row: RunStepRow,
  beside?: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await journal(execution, async (tx) => {
    await tx.upsert('run_steps', [row]);
    await beside?.(tx);
  });
  execution.steps.set(row.name, row);
}

/** A transaction of the journal. When the claim is lost, or the store in trouble, the run is left to the next claim. */
export async function journal<T>(
  { controller, hold, ports }: Execution,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  try {
    return await writeJournal(ports.db, hold, work);
  } catch (error) {
    if (!(error instanceof ClaimLostError) && !isStoreTrouble(error)) throw error;
    const lost = error instanceof ClaimLostError ? error : new ClaimLostError();
    controller.abort(lost);
    throw lost;
  }
}

/** A promise for those who may not go on: it never settles. */
export function never<T>(): Promise<T> {
  return new Promise<T>(() => {});
}
