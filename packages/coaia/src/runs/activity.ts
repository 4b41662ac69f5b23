/** What goes on in one run: steps at work, and waits that may last for days. */

/** Waits shorter than this are sat out; putting the run away and taking it up again would cost more. */
const SHORT_MS = 1000;
/** Quiet time before a run counts as waiting: its workflow may just be on the way to the next step. */
const QUIET_MS = 20;
/** Longest time a timer can hold (2^31 - 1 milliseconds). */
const MAX_TIMER_MS = 2_147_483_647;

interface Pause {
  readonly until: number | undefined;
  readonly timer: NodeJS.Timeout | undefined;
  readonly resolve: () => void;
}

export interface ActivityOptions {
  readonly now: () => number;
  /** Puts the run away until a time, or until a signal; false when something came in between. */
  readonly suspend: (until: number | undefined) => Promise<boolean>;
}

/** Decides when a run is put away. */
export class Activity {
  /** Set once the run has been put away or handed on: nothing of it may begin any more. */
  isOver = false;
  readonly #options: ActivityOptions;
  readonly #pauses = new Set<Pause>();
  readonly #atRest = new Set<() => void>();
  readonly #ended = Promise.withResolvers<void>();
  #working = 0;
  /** The attempt to put the run away, while it lasts. */
  #leaving: Promise<boolean> | undefined;
  #quiet: NodeJS.Timeout | undefined;

  constructor(options: ActivityOptions) {
    this.#options = options;
  }

  /** Counts as work until it settles. */
  async work<T>(run: () => Promise<T>): Promise<T> {
    this.#working++;
    clearTimeout(this.#quiet);
    try {
      return await run();
    } finally {
      this.#working--;
      this.#settle();
    }
  }

  /** Resolves at `until`, or earlier when something happened that the waiter should look at; never when over. */
  pause(until: number | undefined): Promise<void> {
    return new Promise<void>((resolve) => {
      const wait = until === undefined ? undefined : Math.max(0, until - this.#options.now());
      const timer =
        wait === undefined
          ? undefined
          : setTimeout(() => this.#end(pause), Math.min(wait, MAX_TIMER_MS));
      const pause: Pause = {
        until,
        timer,
        resolve() {
          clearTimeout(timer);
          resolve();
        },
      };
      this.#pauses.add(pause);
      this.#settle();
    });
  }

  /** Every waiter looks again. */
  nudge(): void {
    for (const pause of this.#pauses) this.#end(pause);
  }

  /** Resolves when no step is at work. */
  async rest(): Promise<void> {
    if (this.#working > 0) await new Promise<void>((resolve) => this.#atRest.add(resolve));
  }

  /** Resolves when something may begin; never when the run has been put away or handed on. */
  async enter(): Promise<void> {
    await this.#leaving;
    if (this.isOver) await new Promise<never>(() => {});
  }

  /** Resolves when the run has been put away or handed on. */
  async over(): Promise<undefined> {
    await this.#ended.promise;
  }

  /** Forgets all waits; they never resolve. */
  stop(): void {
    this.isOver = true;
    this.#ended.resolve();
    clearTimeout(this.#quiet);
    for (const pause of this.#pauses) clearTimeout(pause.timer);
    this.#pauses.clear();
  }

  #end(pause: Pause): void {
    if (this.isOver) return;
    this.#pauses.delete(pause);
    pause.resolve();
  }

  #settle(): void {
    if (this.#working > 0) return;
    for (const resolve of this.#atRest) resolve();
    this.#atRest.clear();
    clearTimeout(this.#quiet);
    if (this.#pauses.size > 0 && !this.isOver)
      this.#quiet = setTimeout(() => void this.#putAway(), QUIET_MS);
  }

  async #putAway(): Promise<void> {
    if (this.#working > 0 || this.isOver || this.#pauses.size === 0) return;
    const times = [...this.#pauses].flatMap(({ until }) => (until === undefined ? [] : [until]));
    const next = times.length === 0 ? undefined : Math.min(...times);
    if (next !== undefined && next - this.#options.now() < SHORT_MS) return;
    this.isOver = true;
    const suspended = this.#options.suspend(next);
    this.#leaving = suspended;
    if (await suspended) {
      this.stop();
      return;
    }
    this.isOver = false;
    this.#leaving = undefined;
    this.nudge();
  }
}
