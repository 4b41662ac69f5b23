/**
 * The port through which rooms are observed. `record` runs inside the caller's own transaction, so a result
 * and the trace of it are stored together or not at all. Wired in `main/` to the ingestion that clients reach.
 */
import type { Scope } from './scope.ts';

/** One ingestion event as the Langfuse batch API has it; `body` is validated on arrival. */
export interface IngestionEvent {
  readonly id: string;
  readonly type: string;
  /** ISO 8601 with offset. */
  readonly timestamp: string;
  readonly body: unknown;
  readonly metadata?: unknown;
}

export interface Recorder<Transaction> {
  record(transaction: Transaction, scope: Scope, events: readonly IngestionEvent[]): Promise<void>;
}
