/** Work that comes back: in the server process, one round at a time, ended in good order. */

/** Where the server says what became of its jobs. */
export interface JobLog {
  info(message: string, fields?: Readonly<Record<string, string | number>>): void;
  error(message: string, error: unknown, fields?: Readonly<Record<string, string>>): void;
}

export interface JobTimer {
  /** Stops; a round that runs is asked to end and waited for. */
  close(): Promise<void>;
}

export interface JobTimerOptions {
  /** Milliseconds between the end of a round and the next one, and before the first. */
  readonly everyMs: number;
  /** One round. What it throws is told to `onError` and changes nothing. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Starts it; it does not keep a process alive. */
export function openJobTimer({ everyMs, run, onError }: JobTimerOptions): JobTimer {
  const stop = new AbortController();
  let round: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const plan = () => {
    if (stop.signal.aborted) return;
    timer = setTimeout(() => {
      round = run(stop.signal).catch((error: unknown) => {
        if (!stop.signal.aborted) onError(error);
      });
      void round.then(plan);
    }, everyMs);
    timer.unref();
  };
  plan();
  return {
    async close() {
      stop.abort(new Error('the server stops'));
      clearTimeout(timer);
      await round;
    },
  };
}
