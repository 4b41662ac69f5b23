/**
 * The Dispatcher port: brings the ids of due runs to workers. What is due stands in the database; a dispatcher
 * that forgets everything loses nothing, and one that delivers twice does no harm.
 */

export interface RunRef {
  readonly projectId: string;
  readonly id: string;
}

export interface DueRun extends RunRef {
  /** Epoch milliseconds. */
  readonly dueAt: number;
  /** Lower goes first. */
  readonly priority: number;
}

export interface Delivery {
  /** Names of the workflows this worker knows; asked anew each time. */
  readonly queues: () => readonly string[];
  /** Runs at the same time. */
  readonly concurrency: number;
  /** Resolves when there is place for another one: true when the run was worked on. Never rejects. */
  readonly take: (run: RunRef) => Promise<boolean>;
}

export interface Dispatcher {
  /** Says when a run is due. A hint: never rejects, may be lost. */
  announce(run: DueRun): void;
  /** Something may have become due: a queue was resumed, a place became free. */
  look(): void;
  /** Begins to deliver. `close` stops it; what was taken is not waited for. */
  deliver(delivery: Delivery): { close(): Promise<void> };
  /** Undefined when ids flow; otherwise one sentence about what is away, for health. */
  findTrouble(): string | undefined;
  close(): Promise<void>;
}
