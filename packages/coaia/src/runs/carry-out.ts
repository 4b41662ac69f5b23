/** Carries out a claimed run until it has ended, is put away, or belongs to somebody else. */
import type { RunRow } from '#store';
import { toLate } from './claim-run.ts';
import { createContext } from './context.ts';
import { endRun } from './end-run.ts';
import type { Ending } from './end-run.ts';
import type { Workflow } from './engine.ts';
import { runErrors } from './errors.ts';
import { createExecution, journal } from './execution.ts';
import type { Execution } from './execution.ts';
import { ClaimLostError, toRunFailure } from './failures.ts';
import { announceRuns } from './ports.ts';
import type { RunPorts } from './ports.ts';
import { requeueRun } from './retry-run.ts';
import { readSteps } from './storage.ts';

/** How long a workflow that was told to stop may take to end. */
const STOP_MS = 4000;
const MAX_TIMER_MS = 2_147_483_647;
/** Failures of a run that another attempt cannot mend. */
const FINAL = new Set(['COAIA-0904', 'COAIA-0905', 'COAIA-0910']);

export interface Carried {
  readonly execution: Execution;
  /** Resolves when nothing of this claim is at work any more. Never rejects. */
  readonly done: Promise<void>;
}

/** Begins to carry out the run. */
export async function carryOut(
  ports: RunPorts,
  row: RunRow,
  workflow: Workflow,
  onProgress: () => void,
): Promise<Carried> {
  const key = { projectId: row.project_id, id: row.id };
  const execution = createExecution(ports, row, await readSteps(ports.db, key), onProgress);
  return { execution, done: runToEnd(execution, workflow) };
}

async function runToEnd(execution: Execution, workflow: Workflow): Promise<void> {
  const { activity, controller, ports, row } = execution;
  const wait = row.deadline === null ? undefined : Math.max(0, row.deadline - ports.clock());
  const timer =
    wait === undefined
      ? undefined
      : setTimeout(() => stopExecution(execution, toLate()), Math.min(wait, MAX_TIMER_MS));
  try {
    const ending = await Promise.race([
      call(execution, workflow),
      activity.over(),
      waitUntilStopped(controller.signal),
    ]);
    if (ending !== undefined && !activity.isOver) await end(execution, ending);
  } catch {
    // The claim is lost or the store is away: the run is another claim's, now or when the lease is over.
  } finally {
    clearTimeout(timer);
    activity.stop();
  }
}

/** Tells everything in the run to stop, for a reason that says how it ends. */
export function stopExecution(execution: Execution, reason: Error): void {
  execution.controller.abort(reason);
  execution.activity.nudge();
}

export function toCancelled() {
  return runErrors.create('COAIA-0910', 'The run was cancelled.');
}

/** The workflow's own end; undefined when it may not say. */
async function call(execution: Execution, workflow: Workflow): Promise<Ending | undefined> {
  const { signal } = execution.controller;
  try {
    const { output, events = [] } = await workflow.run(createContext(execution));
    return { state: 'succeeded', output, events };
  } catch (error) {
    const stopped = toStopped(signal);
    if (stopped === undefined) return { state: 'failed', error: toRunFailure(error) };
    // Steps beside the one that told it have been told as well: each is written down as it ends.
    await execution.activity.rest();
    return stopped;
  }
}

/** Rejects for those who have lost the claim; ends a workflow that does not listen. */
async function waitUntilStopped(signal: AbortSignal): Promise<Ending | undefined> {
  if (!signal.aborted) {
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve());
    });
  }
  if (!(signal.reason instanceof ClaimLostError))
    await new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref());
  return toStopped(signal);
}

function toStopped(signal: AbortSignal): Ending | undefined {
  if (!signal.aborted) return undefined;
  const reason: unknown = signal.reason;
  if (reason instanceof ClaimLostError) throw reason;
  const error = toRunFailure(reason);
  return { state: error.code === 'COAIA-0910' ? 'cancelled' : 'failed', error };
}

/** Ends the run, or queues it again while it has attempts left. */
async function end(execution: Execution, wanted: Ending): Promise<void> {
  const { ports, row } = execution;
  const ending = check(execution, wanted);
  execution.isEnding = true;
  const isAgain =
    ending.state === 'failed' && row.attempt < row.max_attempts && !FINAL.has(ending.error.code);
  try {
    const started = await journal(execution, async (tx) => {
      if (!isAgain) return endRun(ports, tx, row, ending);
      await requeueRun(tx, row, ports.clock() + 1000 * 2 ** (row.attempt - 1));
      return [];
    });
    announceRuns(ports, started);
  } catch (error) {
    if (error instanceof ClaimLostError) throw error;
    // What the workflow wanted to record with its end cannot be stored.
    const failed: Ending = { state: 'failed', error: toRunFailure(error) };
    const silent = { ...ports, recorder: { record: async () => undefined } };
    announceRuns(ports, await journal(execution, (tx) => endRun(silent, tx, row, failed)));
  }
}

/** A cancel outweighs a late success; steps of the journal that were not reached outweigh everything. */
function check(execution: Execution, ending: Ending): Ending {
  const { fatal, controller, row, reached, steps } = execution;
  if (fatal !== undefined) return { state: 'failed', error: fatal };
  const stopped = toStopped(controller.signal);
  if (stopped !== undefined) return stopped;
  if (ending.state !== 'succeeded') return ending;
  for (const step of steps.values()) {
    if (step.run_attempt !== row.attempt || reached.has(step.name)) continue;
    const error = runErrors.create(
      'COAIA-0905',
      `The step "${step.name}" stands in the journal, but the run ended without reaching it.`,
    );
    return { state: 'failed', error: toRunFailure(error, step.name) };
  }
  return ending;
}
