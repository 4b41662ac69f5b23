/** A step: at work, tried again, failed. Its result, the events of it and its row are one transaction. */
import { fromStored } from '#base';
import type { IngestionEvent } from '#base';
import type { RunStepRow } from '#store';
import type {
  Json,
  RetryRule,
  RunFailure,
  StepAttempt,
  StepOptions,
  StepResult,
} from './engine.ts';
import { runErrors } from './errors.ts';
import { never, reachStep, toStepRow, writeStep } from './execution.ts';
import type { Execution } from './execution.ts';
import { ClaimLostError, isPassing, toStepError, toRunFailure } from './failures.ts';

/** A step that lasts longer is shown while it is at work. */
const SHOWN_MS = 200;
/** How long a step that was told to stop may take to do so. */
const STOP_MS = 2000;
const BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 60_000;

type Work<T> = (attempt: StepAttempt) => Promise<StepResult<T>>;

/** Takes a step that is not finished until it is, or throws what it failed with. */
export async function takeStep<T extends Json>(
  execution: Execution,
  name: string,
  options: StepOptions,
  work: Work<T>,
): Promise<T> {
  const { activity } = execution;
  await activity.enter();
  const known = reachStep(execution, name);
  if (known?.state === 'succeeded') return fromStored(known.output) as T;
  for (;;) {
    const row = await beginAttempt(execution, name, options.observationId);
    const ended = await activity.work(() => attemptStep(execution, row, options, work));
    if (activity.isOver) return never();
    if (ended.state === 'succeeded') return fromStored(ended.output) as T;
    if (ended.state !== 'waiting') throw toStepError(JSON.parse(ended.error ?? '') as RunFailure);
  }
}

/** The row of the attempt that begins now; waits first when the last one was too short a time ago. */
async function beginAttempt(
  execution: Execution,
  name: string,
  observationId: string | undefined,
): Promise<RunStepRow> {
  const last = execution.steps.get(name);
  const retryAt = last?.state === 'waiting' ? last.retry_at : null;
  if (retryAt !== null) await pauseUntil(execution, retryAt);
  const row = toStepRow(execution, name);
  return {
    ...row,
    state: 'running',
    attempt: retryAt === null ? row.attempt : row.attempt + 1,
    observation_id: observationId ?? row.observation_id,
    started_at: last === undefined ? row.started_at : execution.ports.clock(),
    retry_at: null,
    error: null,
  };
}

/** Waits without a worker until a time has come. */
export async function pauseUntil(execution: Execution, time: number): Promise<void> {
  while (execution.ports.clock() < time) await pause(execution, time);
}

/**
 * Waits without a worker; throws when the run is told to stop. `seen` is the count of nudges before the waiter
 * looked for what it waits for: if one has come since, it looks again at once.
 */
export async function pause(
  execution: Execution,
  until: number | null,
  seen = execution.nudges,
): Promise<void> {
  if (seen === execution.nudges) await execution.activity.pause(until ?? undefined);
  execution.controller.signal.throwIfAborted();
}

/** One attempt and its row afterwards: succeeded, waiting for the next attempt, failed or cancelled. */
async function attemptStep<T>(
  execution: Execution,
  row: RunStepRow,
  options: StepOptions,
  work: Work<T>,
): Promise<RunStepRow> {
  const limit = limitTime(execution, row.name, options.timeoutMs);
  const given: StepAttempt = {
    attempt: row.attempt,
    idempotencyKey: `${row.run_id}:${row.name}`,
    startedAt: row.started_at,
    signal: limit.signal,
  };
  const shown = showLater(execution, row);
  let outcome: { readonly row: RunStepRow; readonly events: readonly IngestionEvent[] };
  try {
    const result = await limit.race(work(given));
    outcome = { row: toDone(execution, row, result.output), events: result.events ?? [] };
  } catch (error) {
    outcome = toFailed(execution, { row, options, given, error });
  } finally {
    limit.end();
    await shown();
  }
  try {
    return await commit(execution, outcome);
  } catch (error) {
    if (error instanceof ClaimLostError) throw error;
    // What it wanted to record cannot be stored, so the step itself is wrong.
    const failure = JSON.stringify(toRunFailure(error, row.name));
    const failed = { ...toEnded(execution, row, 'failed'), error: failure };
    return commit(execution, { row: failed, events: [] });
  }
}

async function commit(
  execution: Execution,
  { row, events }: { readonly row: RunStepRow; readonly events: readonly IngestionEvent[] },
): Promise<RunStepRow> {
  await writeStep(execution, row, async (tx) => {
    if (events.length > 0) await execution.ports.recorder.record(tx, execution.scope, events);
  });
  if (row.state === 'succeeded') execution.onProgress();
  return row;
}

function toDone(execution: Execution, row: RunStepRow, output: unknown): RunStepRow {
  return {
    ...toEnded(execution, row, 'succeeded'),
    output: output === undefined || output === null ? null : JSON.stringify(output),
  };
}

function toEnded(execution: Execution, row: RunStepRow, state: string): RunStepRow {
  return { ...row, state, ended_at: execution.ports.clock() };
}

interface Failed {
  readonly row: RunStepRow;
  readonly options: StepOptions;
  readonly given: StepAttempt;
  readonly error: unknown;
}

/** Another attempt later, or the end with its events. Throws when the claim is gone: then nothing is written. */
function toFailed(execution: Execution, { row, options, given, error }: Failed) {
  const { controller, ports } = execution;
  const reason: unknown = controller.signal.reason;
  if (reason instanceof ClaimLostError) throw reason;
  const failure = JSON.stringify(toRunFailure(error, row.name));
  const isStopped = controller.signal.aborted;
  const { retry = { attempts: 1 }, isPassing: passes = isPassing } = options;
  if (!isStopped && row.attempt < retry.attempts && passes(error)) {
    const retryAt = ports.clock() + toBackoff(retry, row.attempt);
    return { row: { ...row, state: 'waiting', retry_at: retryAt, error: failure }, events: [] };
  }
  const state = isStopped ? 'cancelled' : 'failed';
  const events = options.onFailure?.(error, given) ?? [];
  return { row: { ...toEnded(execution, row, state), error: failure }, events };
}

/** Doubled for each attempt, between half of that and all of it, so that many do not come back at once. */
function toBackoff({ backoffMs = BACKOFF_MS, maxMs = MAX_BACKOFF_MS }: RetryRule, attempt: number) {
  const most = Math.min(maxMs, backoffMs * 2 ** (attempt - 1));
  return Math.round(most * (0.5 + Math.random() / 2));
}

/** The signal of an attempt, and a race that a step which does not listen to it cannot win. */
function limitTime(execution: Execution, name: string, timeoutMs: number | undefined) {
  const own = new AbortController();
  const { signal } = execution.controller;
  const stop = (): void => own.abort(signal.reason);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const late = runErrors.create(
    'COAIA-0902',
    `The step "${name}" took longer than ${timeoutMs} ms.`,
  );
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => own.abort(late), timeoutMs);
  let giveUp: NodeJS.Timeout | undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    const begin = (): void => {
      giveUp = setTimeout(() => reject(own.signal.reason as Error), STOP_MS);
    };
    if (own.signal.aborted) begin();
    else own.signal.addEventListener('abort', begin);
  });
  return {
    signal: own.signal,
    async race<T>(working: Promise<T>): Promise<T> {
      try {
        const value = await Promise.race([working, stopped]);
        if (own.signal.reason === late) throw late;
        return value;
      } catch (error) {
        throw own.signal.aborted ? own.signal.reason : error;
      }
    },
    end() {
      clearTimeout(timer);
      clearTimeout(giveUp);
      signal.removeEventListener('abort', stop);
    },
  };
}

/** Writes down that the step is at work, for whoever looks; quick steps are spared it. Returns the way to end. */
function showLater(execution: Execution, row: RunStepRow): () => Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  const timer = setTimeout(() => {
    writing = writeStep(execution, row).catch(() => {});
  }, SHOWN_MS);
  return async () => {
    clearTimeout(timer);
    await writing;
  };
}
