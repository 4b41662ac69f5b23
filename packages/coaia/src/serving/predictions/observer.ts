/** The port through which the gateway tells what it predicted. `record` is called on the hot path: it only remembers. */
import type { Batch, Tensor } from '../tensors/tensor.ts';
import type { Timings } from '../runtimes/runtime.ts';
import type { Explanation } from '../signatures/signature.ts';

/** A finding about a row: an extrapolation, a missing value that was passed on. */
export interface Flag {
  /** AO451 and the like. */
  readonly code: string;
  readonly row: number;
  readonly field: string;
  readonly message: string;
}

/** Why the model says what it says, for each row. It is no prediction, and nothing counts it as one. */
export interface RecordedExplanation {
  /** True when only why was asked: the record then tells of no prediction. */
  readonly isAlone: boolean;
  /** How it came about, as the signature says; absent when the model has no explanation. */
  readonly about?: Pick<Explanation, 'kind' | 'scale' | 'baseline'>;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** One for each row; absent when it failed. */
  readonly values?: readonly unknown[];
}

export interface PredictionRecord {
  /** UUID version 7 when made here (its time finds the log segment), otherwise the caller's own. */
  readonly requestId: string;
  /** 32 hex; the trace under which it is, or will be, found. */
  readonly traceId: string;
  /** Span of the caller when it sent a traceparent. */
  readonly parentSpanId?: string;
  readonly model: string;
  readonly version: number;
  readonly route: 'champion' | 'canary' | 'asked' | 'shadow';
  /** Asked of the model host directly, past the gateway. */
  readonly via?: 'grpc';
  /** Epoch milliseconds, fractions allowed. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Absent when it failed before a worker. */
  readonly timings?: Timings;
  /** Absent when the body could not be read as rows. */
  readonly inputs?: Batch;
  /** Absent for failures. */
  readonly outputs?: readonly Tensor[];
  readonly flags: readonly Flag[];
  readonly warnings: readonly string[];
  /** HTTP status that the caller got, or would have got. */
  readonly status: number;
  readonly error?: { readonly code: string; readonly message: string; readonly stack?: string };
  /** What the caller said with it: user, session, tags. */
  readonly userId?: string;
  readonly sessionId?: string;
  readonly tags?: readonly string[];
  /** Lines printed by the model's code meanwhile, newest 20. */
  readonly lines?: readonly string[];
  /** When why was asked, too, or alone. */
  readonly explanation?: RecordedExplanation;
}

export interface PredictionObserver {
  record(prediction: PredictionRecord): void;
  /** Writes what is remembered; resolves when it is durable. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Observes nothing: `[log] payload = "none"` without a store. */
export const silentObserver: PredictionObserver = {
  record: () => undefined,
  flush: async () => undefined,
  close: async () => undefined,
};
