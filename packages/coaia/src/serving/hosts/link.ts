/** What the gateway knows of models, wherever they run: in this process (pipe) or behind gRPC (any OIP server). */
import type { Batch } from '../tensors/tensor.ts';
import type {
  PredictOptions,
  Prediction,
  RuntimeHealth,
  RuntimeInfo,
} from '../runtimes/runtime.ts';

export interface Target {
  readonly model: string;
  /** Number as text; undefined: the host's own choice. */
  readonly version?: string;
}

export interface LinkedModel extends Target {
  readonly health: RuntimeHealth;
}

/**
 * Codes: unknown model or version AO404, not ready AO452, queue full AO429, deadline AO454, the model's own failure
 * AO450, input refused AO422. Both links pass one contract suite.
 */
export interface ModelLink {
  readonly kind: 'pipe' | 'grpc';
  list(): Promise<readonly LinkedModel[]>;
  info(target: Target): Promise<RuntimeInfo>;
  predict(target: Target, batch: Batch, options: PredictOptions): Promise<Prediction>;
  load(target: Target): Promise<void>;
  unload(target: Target): Promise<void>;
  /** Whether a model answers, where the other side may have no list of its models. Absent: `list` has all of them. */
  isReady?(target: Target): Promise<boolean>;
  /** Live: the other side answers at all. */
  isLive(): Promise<boolean>;
  close(): Promise<void>;
}
