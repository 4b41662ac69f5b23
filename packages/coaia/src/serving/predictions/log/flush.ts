/** What one flush writes of one model: plain data, so that it also travels to a server. */
import type { IngestionEvent } from '#base';
import type {
  PredictionIdRow,
  PredictionSegmentRow,
  PredictionSketchRow,
  PredictionStatRow,
} from '#store';

type Unowned<T> = Omit<T, 'project_id'>;

export interface Flush {
  readonly segments: readonly Unowned<PredictionSegmentRow>[];
  readonly ids: readonly Unowned<PredictionIdRow>[];
  readonly sketches: readonly Unowned<PredictionSketchRow>[];
  readonly stats: readonly Unowned<PredictionStatRow>[];
  /** Traces of the predictions that were chosen. */
  readonly events: readonly IngestionEvent[];
}

/** Where flushes go: the store of this machine, or a server. Writing one again changes nothing. */
export interface FlushSink {
  write(flush: Flush): Promise<void>;
  /** Deletes what is older than this, some at a time; returns true when more is left. */
  prune(before: number): Promise<boolean>;
}
