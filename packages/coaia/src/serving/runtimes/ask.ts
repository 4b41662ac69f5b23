/** One batch, one worker: what is sent, what comes back, and what becomes of callers when it fails. */
import { mergeBatches, splitOutputs, TensorError } from '../tensors/frame.ts';
import type { Frame } from '../tensors/frame.ts';
import {
  isFailed,
  ModelFailureError,
  nameOf,
  ranOutOfMemory,
  readMs,
  readWarnings,
  toCallFailure,
  toUnavailable,
} from './answers.ts';
import type { Again, BatchWaits, Outcome } from './batcher.ts';
import { runtimeFailures } from './errors.ts';
import type { Item, PoolState } from './pool-state.ts';
import type { Prediction } from './runtime.ts';
import { WorkerLostError } from './worker-process.ts';
import type { Worker } from './worker-process.ts';

/** Milliseconds after the last deadline before the worker is ended: an answer may be on its way. */
const GRACE_MS = 20;

/**
 * Answers every item. A batch that the model fails on is asked again one by one, so that only the guilty fail; one
 * that takes too much memory costs its worker, so its items go back to the queue, each for itself.
 */
export async function ask(
  state: PoolState,
  items: readonly Item[],
  waits: BatchWaits,
): Promise<readonly (Outcome<Prediction> | Again)[]> {
  const worker = state.idle.pop();
  if (worker?.isOver() !== false)
    throw toUnavailable(state.options.manifest, 'its worker was lost');
  const together = await attempt(state, worker, items, waits);
  const isGuilty = together.some((outcome) => 'error' in outcome && isModelFailure(outcome.error));
  const outcomes =
    isGuilty && items.length > 1 ? await askEach(state, worker, items, waits) : together;
  if (!worker.isOver()) state.idle.push(worker);
  for (const [index, outcome] of outcomes.entries()) logFailure(state, items[index], outcome);
  return outcomes;
}

const isModelFailure = (error: Error) => error.cause instanceof ModelFailureError;

async function askEach(
  state: PoolState,
  worker: Worker,
  items: readonly Item[],
  waits: BatchWaits,
): Promise<readonly (Outcome<Prediction> | Again)[]> {
  const outcomes: (Outcome<Prediction> | Again)[] = [];
  for (const [index, item] of items.entries()) {
    const own = { ...waits, queueMs: [waits.queueMs[index] ?? 0] };
    // One after the other: it is one worker.
    outcomes.push(
      ...(worker.isOver()
        ? [{ isAgain: true } as const]
        : await attempt(state, worker, [item], own)),
    );
  }
  return outcomes;
}

async function attempt(
  state: PoolState,
  worker: Worker,
  items: readonly Item[],
  waits: BatchWaits,
): Promise<readonly (Outcome<Prediction> | Again)[]> {
  try {
    const frame = await call(state, worker, items, waits.deadline);
    state.crashes = 0;
    return toPredictions(state, items, waits, frame);
  } catch (error) {
    if (error instanceof TooLargeError) return items.map(() => ({ isAgain: true }));
    const failure = toFailure(state, worker, error, waits.deadline);
    return items.map(() => ({ error: failure }));
  }
}

/** Together they took more memory than a worker has. */
class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** Rejects with AO454 and ends the worker when it does not come back. */
async function call(
  { options }: PoolState,
  worker: Worker,
  items: readonly Item[],
  deadline: number,
): Promise<Frame> {
  const { rows, columns } = mergeBatches(items.map((item) => item.batch));
  worker.setRequest(items.length === 1 ? items[0]?.requestId : undefined);
  const timer = setTimeout(worker.kill, deadline + GRACE_MS - Date.now());
  try {
    const op = items[0]?.operation ?? 'predict';
    const frame = await worker.call({ op, rows }, columns);
    if (!isFailed(frame)) return frame;
    if (!ranOutOfMemory(frame)) throw toCallFailure(frame, options.manifest, options.memoryBytes);
    worker.kill();
    if (items.length === 1) throw toCallFailure(frame, options.manifest, options.memoryBytes);
    throw new TooLargeError();
  } finally {
    clearTimeout(timer);
  }
}

function toFailure(
  { options }: PoolState,
  worker: Worker,
  error: unknown,
  deadline: number,
): Error {
  if (error instanceof TensorError) return toModelFailure(options, error.message);
  if (!(error instanceof WorkerLostError))
    return error instanceof Error ? error : new Error(String(error));
  if (worker.wasEnded() && Date.now() >= deadline)
    return runtimeFailures.create('AO454', `${nameOf(options.manifest)} did not answer in time.`);
  return toUnavailable(options.manifest, `its worker ${error.message}`, error);
}

function toPredictions(
  { options }: PoolState,
  items: readonly Item[],
  waits: BatchWaits,
  frame: Frame,
): readonly Outcome<Prediction>[] {
  const counts = items.map((item) => item.batch.rows);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const wrong = frame.tensors.find((tensor) => tensor.shape[0] !== rows);
  if (wrong !== undefined) {
    throw toModelFailure(
      options,
      `${wrong.name} has ${String(wrong.shape[0])} values for ${rows} rows`,
    );
  }
  const warnings = readWarnings(frame);
  const workerMs = readMs(frame);
  return splitOutputs(frame.tensors, counts).map((outputs, index) => {
    const timings = { queueMs: waits.queueMs[index] ?? 0, workerMs, batchRows: rows };
    return { value: { outputs, warnings, timings } };
  });
}

/** An answer that is none: AO450, with what is wrong in it as the cause. */
function toModelFailure({ manifest, memoryBytes }: PoolState['options'], message: string): Error {
  return toCallFailure({ head: { message }, tensors: [] }, manifest, memoryBytes);
}

/** What the language said goes to the log with the request's id; callers get the sentence alone. */
function logFailure(
  { options }: PoolState,
  item: Item | undefined,
  outcome: Outcome<Prediction> | Again,
): void {
  if (!('error' in outcome)) return;
  const { cause } = outcome.error;
  if (!(cause instanceof ModelFailureError)) return;
  const text = [cause.message, cause.trace].filter((part) => part !== '').join('\n');
  options.onLine({
    level: 'error',
    text,
    ...(item === undefined ? {} : { requestId: item.requestId }),
  });
}
