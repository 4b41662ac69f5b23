/** A child process that is started again after a crash, until it crashes too often. */
import { DRAIN_MS } from '../gateway/close-server.ts';
import type { Ready } from './child-contract.ts';
import { startChild } from './child-process.ts';
import type { ChildEnd, ChildRun, ChildSpec } from './child-process.ts';
import { markProcess } from './run-state.ts';
import type { ChildState } from './run-state.ts';
import { toCrashLoop, toStartFailure } from './start-failure.ts';

/** Crashes in a row after which it is not started again. */
const MAX_CRASHES = 5;
const MAX_PAUSE_MS = 10_000;

export interface ChildTimes {
  /** First pause before a restart in milliseconds; doubles with every crash in a row up to 10 s. */
  readonly backOffMs: number;
  /** A child that ran so long starts counting crashes anew. */
  readonly healthyMs: number;
  /** Longest time until it can answer. */
  readonly startMs: number;
  /** Time to end by itself. */
  readonly graceMs: number;
}

export const CHILD_TIMES: ChildTimes = {
  backOffMs: 250,
  healthyMs: 60_000,
  startMs: 120_000,
  // Running requests first, then the last predictions are written.
  graceMs: DRAIN_MS + 10_000,
};

export interface ChildEvents {
  readonly onState: () => void;
  readonly onLine: (line: string) => void;
}

export class SupervisedChild {
  readonly #spec: ChildSpec;
  readonly #events: ChildEvents;
  readonly #times: ChildTimes;
  readonly #ready = Promise.withResolvers<Ready>();
  readonly #ended = Promise.withResolvers<Error | undefined>();
  #state: ChildState;
  #run: ChildRun | undefined;
  #timer: NodeJS.Timeout | undefined;
  #crashes = 0;
  #isStopping = false;

  /** Starts it; never throws. */
  constructor(spec: ChildSpec, events: ChildEvents, times: ChildTimes = CHILD_TIMES) {
    this.#spec = spec;
    this.#events = events;
    this.#times = times;
    this.#state = {
      name: spec.name,
      pid: 0,
      start: null,
      state: 'starting',
      restarts: 0,
      startedAt: new Date().toISOString(),
    };
    this.#ready.promise.catch(() => undefined);
    this.#start();
  }

  /** Resolves with its first ready line; rejects with its own error. */
  get ready(): Promise<Ready> {
    return this.#ready.promise;
  }

  /** Resolves with the error when it is given up; with nothing when it was stopped. */
  get ended(): Promise<Error | undefined> {
    return this.#ended.promise;
  }

  get state(): ChildState {
    return this.#state;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    if (this.#run === undefined) this.#ended.resolve(undefined);
    else this.#run.stop(this.#times.graceMs);
    await this.#ended.promise;
  }

  #start(): void {
    const { onLine } = this.#events;
    const onReady = (ready: Ready) => {
      this.#change({ state: 'ready', ready });
      this.#ready.resolve(ready);
    };
    const events = { onReady, onLine };
    const run = startChild(this.#spec, this.#state.ready, events, this.#times.startMs);
    this.#run = run;
    const startedAt = new Date().toISOString();
    this.#change({ ...markProcess(run.pid), state: 'starting', startedAt });
    void run.ended.then((end) => this.#onEnd(end));
  }

  #onEnd(end: ChildEnd): void {
    this.#run = undefined;
    if (end.ranMs > this.#times.healthyMs) this.#crashes = 0;
    if (this.#isStopping) {
      this.#change({ state: 'stopped' });
      this.#ended.resolve(undefined);
      return;
    }
    this.#crashes++;
    const wasReady = this.#state.ready !== undefined;
    if (wasReady && this.#crashes < MAX_CRASHES) {
      const pause = Math.min(MAX_PAUSE_MS, this.#times.backOffMs * 2 ** (this.#crashes - 1));
      this.#change({ state: 'restarting', restarts: this.#state.restarts + 1 });
      this.#timer = setTimeout(() => this.#start(), pause);
      return;
    }
    const { name } = this.#spec;
    const failure = wasReady ? toCrashLoop(name, this.#crashes, end) : toStartFailure(name, end);
    this.#change({ state: 'failed' });
    this.#ready.reject(failure);
    this.#ended.resolve(failure);
  }

  #change(next: Partial<ChildState>): void {
    this.#state = { ...this.#state, ...next };
    this.#events.onState();
  }
}
