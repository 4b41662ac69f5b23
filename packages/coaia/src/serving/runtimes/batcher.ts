/**
 * Zero-delay batching: whatever waits when a lane falls idle goes out together. Nothing waits for a timer unless
 * `maxWaitMs` says so, so a lone call is as fast as without batches.
 */
import { runtimeFailures } from './errors.ts';

export interface BatcherOptions<Item, Result> {
  /** Rows that are sent together at most; a call with more of its own is sent alone. */
  readonly maxRows: number;
  /** Milliseconds that a call may wait for others to join; 0: not at all. */
  readonly maxWaitMs: number;
  /** Calls that may wait; one more fails with AO429. */
  readonly maxQueue: number;
  /** Batches that may be under way at one time. */
  readonly lanes: number;
  readonly rowsOf: (item: Item) => number;
  readonly canMerge: (one: Item, other: Item) => boolean;
  /** Answers every item in order. A rejection fails all of them. */
  readonly send: (
    items: readonly Item[],
    waits: BatchWaits,
  ) => Promise<readonly (Outcome<Result> | Again)[]>;
}

/** What is known of the callers of a batch. */
export interface BatchWaits {
  /** Milliseconds that each waited in the queue. */
  readonly queueMs: readonly number[];
  /** Epoch milliseconds after which none of them waits any more. */
  readonly deadline: number;
}

export type Outcome<Result> = { readonly value: Result } | { readonly error: Error };

/** Not answered: to be asked once more, this time without others. */
export interface Again {
  readonly isAgain: true;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Epoch milliseconds. After it the call fails with AO454. */
  readonly deadline: number;
}

export interface Batcher<Item, Result> {
  run(item: Item, options: RunOptions): Promise<Result>;
  readonly queued: number;
  readonly active: number;
  setLanes(lanes: number): void;
  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void>;
  /** Fails what waits. */
  fail(error: Error): void;
}

interface Call<Item, Result> {
  readonly item: Item;
  readonly deadline: number;
  readonly since: number;
  isSettled: boolean;
  /** Goes out by itself. */
  isAlone: boolean;
  readonly settle: (outcome: Outcome<Result>) => void;
}

interface State<Item, Result> {
  readonly options: BatcherOptions<Item, Result>;
  /** In the order of their coming. */
  readonly waiting: Call<Item, Result>[];
  /**
   * Batches that were sent. Arrays and no Set of calls: the tables that a Set leaves behind as it turns over point to
   * the next one, so that one old table makes the collector keep every call after it.
   */
  readonly underWay: (readonly Call<Item, Result>[])[];
  lanes: number;
  isScheduled: boolean;
  sweeper: NodeJS.Timeout | undefined;
  whenIdle: (() => void)[];
}

/** How often deadlines are looked at, in milliseconds. */
const SWEEP_MS = 20;

export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): Batcher<Item, Result> {
  const state: State<Item, Result> = {
    options,
    waiting: [],
    underWay: [],
    lanes: options.lanes,
    isScheduled: false,
    sweeper: undefined,
    whenIdle: [],
  };
  return {
    run: (item, run) => enqueue(state, item, run),
    get queued() {
      return state.waiting.length;
    },
    get active() {
      return state.underWay.length;
    },
    setLanes: (lanes) => {
      state.lanes = lanes;
      schedule(state);
    },
    idle: () =>
      new Promise((resolve) => {
        state.whenIdle.push(resolve);
        checkIdle(state);
      }),
    fail: (error) => {
      while (state.waiting.length > 0) state.waiting[0]?.settle({ error });
      checkIdle(state);
    },
  };
}

function enqueue<Item, Result>(
  state: State<Item, Result>,
  item: Item,
  { signal, deadline }: RunOptions,
): Promise<Result> {
  const { maxQueue } = state.options;
  return new Promise((resolve, reject) => {
    const onAbort = () => call.settle({ error: toError(signal?.reason) });
    const call: Call<Item, Result> = {
      item,
      deadline,
      since: performance.now(),
      isSettled: false,
      isAlone: false,
      settle: (outcome) => {
        if (call.isSettled) return;
        call.isSettled = true;
        signal?.removeEventListener('abort', onAbort);
        leave(state, call);
        if ('error' in outcome) reject(outcome.error);
        else resolve(outcome.value);
      },
    };
    const isFull = state.waiting.length >= maxQueue && state.underWay.length >= state.lanes;
    if (signal?.aborted === true || isFull) {
      reject(isFull ? queueFull(maxQueue) : toError(signal?.reason));
      return;
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    state.waiting.push(call);
    state.sweeper ??= setInterval(() => sweep(state), SWEEP_MS);
    schedule(state);
  });
}

const toError = (value: unknown) => (value instanceof Error ? value : new Error(String(value)));

function queueFull(maxQueue: number): Error {
  return runtimeFailures.create('AO429', `${maxQueue} requests wait for this model already.`, {
    headers: { 'Retry-After': '1' },
  });
}

/** A call that was answered, or that nobody waits for any more. */
function leave<Item, Result>(state: State<Item, Result>, call: Call<Item, Result>): void {
  const at = state.waiting.indexOf(call);
  if (at !== -1) state.waiting.splice(at, 1);
  checkIdle(state);
}

function sweep<Item, Result>(state: State<Item, Result>): void {
  const now = Date.now();
  for (const call of [...state.waiting, ...state.underWay.flat()]) {
    if (now < call.deadline) continue;
    call.settle({
      error: runtimeFailures.create('AO454', 'The model did not answer in time.'),
    });
  }
}

function schedule<Item, Result>(state: State<Item, Result>): void {
  if (state.isScheduled || state.underWay.length >= state.lanes || state.waiting.length === 0)
    return;
  state.isScheduled = true;
  // Callers of the same turn of the loop go together; an idle loop gets here within microseconds.
  setImmediate(() => {
    state.isScheduled = false;
    dispatchAll(state);
    checkIdle(state);
  });
}

function dispatchAll<Item, Result>(state: State<Item, Result>): void {
  while (state.underWay.length < state.lanes && state.waiting.length > 0 && isDue(state))
    dispatch(state);
}

/** With `maxWaitMs`: a full batch, or one whose first caller has waited long enough. */
function isDue<Item, Result>(state: State<Item, Result>): boolean {
  const { maxWaitMs, maxRows, rowsOf } = state.options;
  if (maxWaitMs === 0) return true;
  const left = maxWaitMs - (performance.now() - (state.waiting[0]?.since ?? 0));
  const rows = state.waiting.reduce((sum, call) => sum + rowsOf(call.item), 0);
  if (left <= 0 || rows >= maxRows) return true;
  setTimeout(() => schedule(state), left);
  return false;
}

/** Takes from the front of the queue what fits into one batch. */
function take<Item, Result>(state: State<Item, Result>): readonly Call<Item, Result>[] {
  const { maxRows, rowsOf, canMerge } = state.options;
  const taken: Call<Item, Result>[] = [];
  let rows = 0;
  for (const call of state.waiting) {
    const [first] = taken;
    const more = rows + rowsOf(call.item);
    const isApart = first?.isAlone === true || call.isAlone || more > maxRows;
    if (first !== undefined && (isApart || !canMerge(first.item, call.item))) break;
    taken.push(call);
    rows = more;
  }
  state.waiting.splice(0, taken.length);
  return taken;
}

function dispatch<Item, Result>(state: State<Item, Result>): void {
  const taken = take(state);
  state.underWay.push(taken);
  const now = performance.now();
  const waits = {
    queueMs: taken.map((call) => now - call.since),
    deadline: taken.reduce((latest, call) => Math.max(latest, call.deadline), 0),
  };
  const finish = (outcomeOf: (index: number) => Outcome<Result> | Again) => {
    state.underWay.splice(state.underWay.indexOf(taken), 1);
    // The next batch is computed while these callers get their answers.
    dispatchAll(state);
    for (const [index, call] of taken.entries()) {
      const outcome = outcomeOf(index);
      if ('isAgain' in outcome) waitAgain(state, call);
      else call.settle(outcome);
    }
    schedule(state);
    checkIdle(state);
  };
  const items = taken.map((call) => call.item);
  void state.options.send(items, waits).then(
    (outcomes) => finish((index) => outcomes[index] ?? { error: new TypeError('no answer') }),
    (error: unknown) => finish(() => ({ error: toError(error) })),
  );
}

/** Behind those who wait: what it needs may be slow to come. */
function waitAgain<Item, Result>(state: State<Item, Result>, call: Call<Item, Result>): void {
  call.isAlone = true;
  if (!call.isSettled) state.waiting.push(call);
}

function checkIdle<Item, Result>(state: State<Item, Result>): void {
  if (state.underWay.length > 0 || state.waiting.length > 0) return;
  clearInterval(state.sweeper);
  state.sweeper = undefined;
  for (const resolve of state.whenIdle) resolve();
  state.whenIdle = [];
}
