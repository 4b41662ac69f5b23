/**
 * Workers of one version: each answers one batch at a time; a lost one is replaced, sooner or later; five lost in a row
 * without an answer between them are enough for half a minute.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { canMerge } from '../tensors/frame.ts';
import type { Batch } from '../tensors/tensor.ts';
import { toUnavailable } from './answers.ts';
import { ask } from './ask.ts';
import { createBatcher } from './batcher.ts';
import type { Batcher } from './batcher.ts';
import { runtimeFailures } from './errors.ts';
import type { Item, PoolOptions, PoolState } from './pool-state.ts';
import type { PredictOptions, Prediction, RuntimeHealth } from './runtime.ts';
import type { Worker } from './worker-process.ts';

export interface Pool {
  predict(batch: Batch, options: PredictOptions): Promise<Prediction>;
  health(): RuntimeHealth;
  ready(): Promise<void>;
  drain(): Promise<void>;
  close(): Promise<void>;
}

const MAX_CRASHES = 5;
/** Milliseconds before a lost worker is replaced: at once, then longer and longer. */
const BACK_OFF = [0, 100, 300];
const MAX_PAUSE = 1000;
/** How long a pool rests that lost too many. */
const REST_MS = 30_000;

export function openPool(options: PoolOptions): Pool {
  const { manifest } = options;
  const state: PoolState = {
    options,
    phase: 'unloaded',
    reason: undefined,
    workers: new Set(),
    idle: [],
    restarts: 0,
    crashes: 0,
    isLeaving: false,
    generation: 0,
    retryAt: Infinity,
    closing: new AbortController(),
    first: Promise.withResolvers(),
    slots: [],
  };
  state.first.promise.catch(() => undefined);
  const batcher: Batcher<Item, Prediction> = createBatcher({
    maxRows: manifest.batch.enabled ? manifest.batch.maxRows : 1,
    maxWaitMs: manifest.batch.maxWaitMs,
    maxQueue: manifest.maxQueue,
    lanes: 0,
    rowsOf: (item) => item.batch.rows,
    canMerge: (one, other) =>
      one.operation === undefined &&
      other.operation === undefined &&
      canMerge(one.batch, other.batch),
    send: async (items, waits) => {
      const outcomes = await ask(state, items, waits);
      // Before the lane is free: its worker may be gone.
      batcher.setLanes(countLive(state));
      return outcomes;
    },
  });
  if (manifest.preload) begin(state, batcher);
  return {
    predict: (batch, call) => predict(state, batcher, batch, call),
    health: () => toHealth(state, batcher),
    ready: () => {
      begin(state, batcher);
      return state.first.promise;
    },
    drain: async () => {
      state.isLeaving = true;
      // A worker that is lost meanwhile is replaced: somebody waits for it.
      await batcher.idle();
      state.closing.abort();
      await end(state, batcher, (worker) => worker.close());
    },
    close: () => {
      state.isLeaving = true;
      state.closing.abort();
      return end(state, batcher, (worker) => {
        worker.kill();
        return worker.ended;
      });
    },
  };
}

const countLive = ({ workers }: PoolState) =>
  [...workers].filter((worker) => !worker.isOver()).length;

function predict(
  state: PoolState,
  batcher: Batcher<Item, Prediction>,
  batch: Batch,
  { requestId, signal, deadline, operation }: PredictOptions,
): Promise<Prediction> {
  const { manifest } = state.options;
  if (Date.now() >= state.retryAt) startAgain(state);
  const reason = state.isLeaving ? 'it is being unloaded' : state.reason;
  if (reason !== undefined) return Promise.reject(toUnavailable(manifest, reason));
  begin(state, batcher);
  // Few models can predict nothing, so none is asked.
  if (batch.rows === 0) return state.first.promise.then(() => toNothing(manifest));
  return batcher.run(
    { batch, requestId, ...(operation === 'explain' ? { operation } : {}) },
    { signal, deadline: deadline ?? Date.now() + manifest.timeoutMs },
  );
}

/** The prediction of no rows. */
function toNothing({ signature }: PoolState['options']['manifest']): Prediction {
  const outputs = signature.outputs.map(({ name, datatype, shape }) => ({
    name,
    datatype,
    shape: [0, ...shape],
    data: [],
  }));
  return { outputs, warnings: [], timings: { queueMs: 0, workerMs: 0, batchRows: 0 } };
}

/** One more try after the rest; if that worker is lost too, the pool rests again. */
function startAgain(state: PoolState): void {
  state.phase = 'unloaded';
  state.reason = undefined;
  state.retryAt = Infinity;
  state.generation += 1;
  state.crashes = MAX_CRASHES - 1;
}

function begin(state: PoolState, batcher: Batcher<Item, Prediction>): void {
  if (state.phase !== 'unloaded' || state.closing.signal.aborted) return;
  state.phase = 'loading';
  const count = Math.max(1, state.options.manifest.workers);
  state.slots = Array.from({ length: count }, () => keepWorker(state, batcher));
}

/** One place of the pool: a worker after the other, until the pool is closed or gives up. */
async function keepWorker(state: PoolState, batcher: Batcher<Item, Prediction>): Promise<void> {
  const { signal } = state.closing;
  const own = state.generation;
  const isOver = () => signal.aborted || state.phase === 'failed' || state.generation !== own;
  while (!isOver()) {
    try {
      const worker = await state.options.start(signal);
      await useWorker(state, batcher, worker, isOver);
    } catch (error) {
      if (isOver()) return;
      if (state.phase === 'loading') giveUp(state, batcher, error as Error);
      else {
        state.crashes += 1;
        state.options.onLine({ level: 'error', text: (error as Error).message });
      }
    }
    if (isOver()) return;
    if (state.crashes >= MAX_CRASHES) {
      giveUp(state, batcher, toCrashLoop(state));
      state.retryAt = Date.now() + (state.options.restMs ?? REST_MS);
      return;
    }
    await pause(BACK_OFF[Math.max(0, state.crashes - 1)] ?? MAX_PAUSE, signal);
    state.restarts += 1;
  }
}

/** Ends early when the pool is closed. */
const pause = (ms: number, signal: AbortSignal) =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

/** Resolves when the worker is gone. */
async function useWorker(
  state: PoolState,
  batcher: Batcher<Item, Prediction>,
  worker: Worker,
  isOver: () => boolean,
): Promise<void> {
  state.workers.add(worker);
  if (isOver()) worker.kill();
  else {
    state.phase = 'ready';
    state.first.resolve();
    state.idle.push(worker);
    batcher.setLanes(countLive(state));
  }
  const lost = await worker.ended;
  state.workers.delete(worker);
  const at = state.idle.indexOf(worker);
  if (at !== -1) state.idle.splice(at, 1);
  batcher.setLanes(countLive(state));
  if (isOver() || worker.wasEnded()) return;
  state.crashes += 1;
  state.options.onLine({ level: 'error', text: `A worker ${lost.message}.` });
}

function toCrashLoop({ options }: PoolState): Error {
  const { model, version } = options.manifest;
  const text = `${MAX_CRASHES} workers of ${model} (version ${version}) ended in a row, so none is started for now.`;
  return runtimeFailures.create('AO643', text, { hint: 'ao logs' });
}

function giveUp(state: PoolState, batcher: Batcher<Item, Prediction>, error: Error): void {
  state.phase = 'failed';
  state.reason = error.message.replace(/\.$/, '');
  state.first.reject(error);
  state.options.onLine({ level: 'error', text: error.message });
  batcher.fail(toUnavailable(state.options.manifest, state.reason, error));
  for (const worker of state.workers) worker.kill();
}

async function end(
  state: PoolState,
  batcher: Batcher<Item, Prediction>,
  stop: (worker: Worker) => Promise<unknown>,
): Promise<void> {
  const gone = toUnavailable(state.options.manifest, 'it was unloaded');
  state.first.reject(gone);
  batcher.fail(gone);
  await Promise.all([...state.workers].map(stop));
  await Promise.all(state.slots);
}

function toHealth(state: PoolState, batcher: Batcher<Item, Prediction>): RuntimeHealth {
  const workers = [...state.workers];
  const sizes = workers.map((worker) => worker.residentBytes());
  const known = sizes.filter((size) => size !== undefined);
  const isBoxed = workers.length === 0 ? undefined : workers.every((worker) => worker.isSandboxed);
  return {
    state: state.phase,
    ...(state.reason === undefined ? {} : { reason: state.reason }),
    workers: workers.length,
    busy: batcher.active,
    queued: batcher.queued,
    restarts: state.restarts,
    bytes: known.length === 0 ? undefined : known.reduce((sum, size) => sum + size, 0),
    ...(isBoxed === undefined ? {} : { isSandboxed: isBoxed }),
  };
}
