/** What a pool of workers knows. */
import type { Batch } from '../tensors/tensor.ts';
import type { VersionManifest } from '../versions/version.ts';
import type { PredictOptions, RuntimeState, WorkerLine } from './runtime.ts';
import type { Worker } from './worker-process.ts';

export interface PoolOptions {
  readonly manifest: VersionManifest;
  readonly memoryBytes: number;
  readonly onLine: (line: Omit<WorkerLine, 'model' | 'version'>) => void;
  /** Milliseconds that a pool rests after too many losses; default 30 seconds. */
  readonly restMs?: number;
  /** Starts a worker that has the model loaded; fails as the load failed, or when the signal aborts. */
  readonly start: (signal: AbortSignal) => Promise<Worker>;
}

/** A caller's rows. */
export interface Item {
  readonly batch: Batch;
  readonly requestId: string;
  readonly operation?: PredictOptions['operation'];
}

export interface PoolState {
  readonly options: PoolOptions;
  phase: RuntimeState;
  reason: string | undefined;
  readonly workers: Set<Worker>;
  readonly idle: Worker[];
  restarts: number;
  /** Workers lost since the last answer. */
  crashes: number;
  /** Takes nothing new. */
  isLeaving: boolean;
  /** Counts the tries; places of an earlier one end. */
  generation: number;
  /** Epoch milliseconds from which a pool that lost too many workers may start one more. */
  retryAt: number;
  /** Aborted when the pool is closed: loads and pauses end with it. */
  readonly closing: AbortController;
  readonly first: PromiseWithResolvers<void>;
  slots: readonly Promise<void>[];
}
