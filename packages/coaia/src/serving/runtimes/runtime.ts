/** A loaded version: workers that answer. The same interface over a pipe, over gRPC and over ONNX in this process. */
import type { Batch, Tensor } from '../tensors/tensor.ts';
import type { Explanation, Signature } from '../signatures/signature.ts';

export interface PredictOptions {
  readonly requestId: string;
  /** W3C trace context of the caller's span, passed on. */
  readonly traceparent?: string;
  /** Aborted when the caller is gone. */
  readonly signal?: AbortSignal;
  /** Epoch milliseconds after which nobody waits any more. */
  readonly deadline?: number;
  /** `explain`: the parts of the predictions instead of them, never merged with other calls. Default: predict. */
  readonly operation?: 'predict' | 'explain';
}

/** Milliseconds that a prediction spent where. */
export interface Timings {
  /** Waiting for a free worker. */
  readonly queueMs: number;
  /** In the worker, by its own clock. */
  readonly workerMs: number;
  /** Over gRPC: in the model host, queue and worker included. */
  readonly hostMs?: number;
  /** Rows that were predicted together with these. */
  readonly batchRows: number;
}

export interface Prediction {
  /** As many rows as were asked, in their order. */
  readonly outputs: readonly Tensor[];
  /** What the model's code warned of (R warnings, Python warnings). */
  readonly warnings: readonly string[];
  readonly timings: Timings;
}

export type RuntimeState = 'unloaded' | 'loading' | 'ready' | 'failed';

export interface RuntimeInfo {
  readonly model: string;
  readonly version: string;
  /** OIP platform: `python_sklearn`, `r_glm`, `onnx_onnxruntime`, or as another server says. */
  readonly platform: string;
  /** Absent when another server of the protocol told only names and types. */
  readonly signature: Signature | undefined;
  /** What the worker says of explanations, once it is loaded. */
  readonly explains?: Omit<Explanation, 'outputs'>;
  readonly inputs: readonly {
    readonly name: string;
    readonly datatype: string;
    readonly shape: readonly number[];
  }[];
  readonly outputs: readonly {
    readonly name: string;
    readonly datatype: string;
    readonly shape: readonly number[];
  }[];
}

export interface RuntimeHealth {
  readonly state: RuntimeState;
  /** Why it failed, in one sentence. */
  readonly reason?: string;
  readonly workers: number;
  readonly busy: number;
  readonly queued: number;
  readonly restarts: number;
  /** Resident bytes of all workers; undefined where the system does not say. */
  readonly bytes: number | undefined;
  /** False: the model runs as a plain process, because this machine has no bubblewrap or was told so. */
  readonly isSandboxed?: boolean;
}

/**
 * One version, loaded. `predict` fails with codes of the room: queue full (AO429), deadline (AO454), not ready or
 * worker lost (AO452, with Retry-After), a failure in the model's code (AO450), input the model refused (AO422), no
 * explanation of this model (AO456).
 */
export interface Runtime {
  readonly info: RuntimeInfo;
  predict(batch: Batch, options: PredictOptions): Promise<Prediction>;
  health(): RuntimeHealth;
  /** Resolves when a worker can answer; fails as the first load failed. */
  ready(): Promise<void>;
  /** Lets what is queued and running end, takes nothing new, then ends the workers. */
  drain(): Promise<void>;
  /** Ends at once. */
  close(): Promise<void>;
}

/** A line that the user's code printed, warned or logged while it ran. */
export interface WorkerLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
  readonly model: string;
  readonly version: string;
  readonly requestId?: string;
}
