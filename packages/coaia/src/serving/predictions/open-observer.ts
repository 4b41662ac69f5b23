/**
 * Remembers predictions on the hot path and writes them in batches: every half second, or when 20,000 wait. `record`
 * keeps a reference; soon after the answers are out, what is kept of them is copied into columns. Memory is bounded;
 * what finds no room is counted and told.
 */
import type { Scope } from '#base';
import type { FlushSink } from './log/flush.ts';
import type { EncodeOptions } from './log/round.ts';
import { createStoreSink, type StoreSinkPorts } from './log/store-sink.ts';
import { openWriter } from './log/writer.ts';
import type { PredictionObserver, PredictionRecord } from './observer.ts';

export const FLUSH_MS = 500;
const FLUSH_PREDICTIONS = 20_000;
/** References that are held before they are copied: few, so that they die young. */
const COPIED_AT_ONCE = 256;
/** Predictions that may wait for the write before theirs to end. */
const MOST_PENDING = 100_000;

export interface ObserverOptions extends EncodeOptions {
  readonly scope: Scope;
  /** Days that single predictions and ten-second statistics are kept; default 30. Hourly sketches stay. */
  readonly keepDays?: number;
  /** Told in a sentence when something was dropped or could not be written. */
  readonly onProblem?: (message: string) => void;
  /** Milliseconds between flushes, for tests. */
  readonly flushMs?: number;
  readonly mostPending?: number;
}

/** An observer over the store of this machine. */
export function openObserver(ports: StoreSinkPorts, options: ObserverOptions): PredictionObserver {
  return openObserverOver(createStoreSink(ports, options.scope), options);
}

/** An observer over anything that takes flushes: the store, or a server. */
export function openObserverOver(sink: FlushSink, options: ObserverOptions): PredictionObserver {
  const { flushMs = FLUSH_MS, mostPending = MOST_PENDING } = options;
  const writer = openWriter(sink, options);
  let pending: PredictionRecord[] = [];
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isWanted = false;

  const copy = () => {
    const records = pending;
    pending = [];
    writer.add(records);
    if (writer.count >= FLUSH_PREDICTIONS) flushSoon();
  };
  const writeNow = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const records = pending;
    pending = [];
    writer.add(records);
    await writer.write();
  };
  const flush = (): Promise<void> => {
    const mine = (running ?? Promise.resolve()).then(writeNow).then(() => {
      if (running !== mine) return;
      running = undefined;
      if (isWanted) flushSoon();
      isWanted = false;
    });
    running = mine;
    return mine;
  };
  /** One write at a time: what comes meanwhile waits in columns, as far as there is room. */
  const flushSoon = () => {
    if (running === undefined) void flush();
    else isWanted = true;
  };

  return {
    record(prediction) {
      timer ??= setTimeout(flushSoon, flushMs).unref();
      if (writer.count + pending.length >= mostPending) writer.countLost(prediction);
      else if (pending.push(prediction) === COPIED_AT_ONCE) setImmediate(copy);
    },
    flush,
    async close() {
      await flush();
      await writer.prune();
    },
  };
}
