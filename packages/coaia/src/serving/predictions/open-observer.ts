/**
 * Remembers predictions on the hot path and writes them in batches: every half second, or when 4,000 wait. `record`
 * keeps references and nothing else. Memory is bounded; what finds no room is counted and told.
 */
import { createId } from '#base';
import type { Scope } from '#base';
import { createChooser } from './log/choose.ts';
import { encode, type Encoded, type EncodeOptions } from './log/encode.ts';
import type { Flush, FlushSink } from './log/flush.ts';
import { createStoreSink, type StoreSinkPorts } from './log/store-sink.ts';
import { createTallies } from './log/tallies.ts';
import type { PredictionObserver, PredictionRecord } from './observer.ts';

export const FLUSH_MS = 500;
export const FLUSH_PREDICTIONS = 4000;
/** Predictions that may wait to be encoded. */
const MOST_PENDING = 100_000;
/** Encoded bytes that may wait for a store that does not answer. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;
/** Old predictions are looked for this often. */
const PRUNE_MS = 600_000;
const DAY_MS = 86_400_000;

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
  const lost = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const records = pending;
    pending = [];
    const dropped = new Map(lost);
    lost.clear();
    work = work.then(() => writer.write(records, dropped));
    return work;
  };

  return {
    record(prediction) {
      timer ??= setTimeout(flush, flushMs).unref();
      if (pending.length >= mostPending) {
        const key = `${prediction.model}\0${prediction.version}`;
        lost.set(key, (lost.get(key) ?? 0) + 1);
        return;
      }
      if (pending.push(prediction) === FLUSH_PREDICTIONS) setImmediate(flush);
    },
    flush,
    async close() {
      await flush();
      await writer.prune();
    },
  };
}

function openWriter(sink: FlushSink, options: ObserverOptions) {
  const { log, findSignature, keepDays = 30, onProblem = () => undefined } = options;
  const tallies = createTallies(createId(), findSignature, log.redact);
  const choose = createChooser(log, Date.now());
  const waiting: Encoded[] = [];
  let prunedAt = Date.now();
  const countDropped = (model: string, version: number, count: number, why: string) => {
    tallies.addDropped(model, version, Date.now(), count);
    onProblem(`${count} predictions of ${model} were dropped: ${why}.`);
  };
  const prune = async () => {
    prunedAt = Date.now();
    try {
      while (await sink.prune(prunedAt - keepDays * DAY_MS));
    } catch (error) {
      onProblem(`Old predictions could not be deleted: ${toText(error)}`);
    }
  };
  return {
    prune,
    async write(records: readonly PredictionRecord[], dropped: ReadonlyMap<string, number>) {
      const now = Date.now();
      for (const [key, count] of dropped) {
        const [model = '', version] = key.split('\0');
        countDropped(model, Number(version), count, 'more arrived than could be written');
      }
      for (const record of records) tallies.add(record);
      if (records.length > 0) waiting.push(await encode(records, choose(records, now), options));
      for (const { model, version, prediction_count } of makeRoom(waiting))
        countDropped(model, version, prediction_count, 'the store has not answered for long');
      try {
        const counts = tallies.listChanged();
        if (waiting.length === 0 && counts.stats.length === 0) return;
        await writeAll(sink, waiting, counts, onProblem);
        waiting.length = 0;
        tallies.markWritten();
      } catch (error) {
        onProblem(`Predictions could not be written and wait: ${toText(error)}`);
      }
      if (now - prunedAt > PRUNE_MS) await prune();
    },
  };
}

const toText = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Takes the oldest away until the rest fits; answers what was taken. */
function makeRoom(waiting: Encoded[]): Flush['segments'] {
  const sizes = waiting.map(({ segments }) =>
    segments.reduce((sum, { data }) => sum + data.length, 0),
  );
  let bytes = sizes.reduce((sum, size) => sum + size, 0);
  let count = 0;
  while (bytes > MOST_WAITING_BYTES) bytes -= sizes[count++] ?? bytes;
  return waiting.splice(0, count).flatMap(({ segments }) => segments);
}

/** Everything that waits; a trace that is refused is told and does not hold the log back. */
async function writeAll(
  sink: FlushSink,
  waiting: readonly Encoded[],
  counts: Pick<Flush, 'sketches' | 'stats'>,
  onProblem: (message: string) => void,
): Promise<void> {
  await sink.write({
    segments: waiting.flatMap(({ segments }) => segments),
    ids: waiting.flatMap(({ ids }) => ids),
    ...counts,
    events: [],
  });
  const events = waiting.flatMap((one) => one.events);
  if (events.length === 0) return;
  try {
    await sink.write({ segments: [], ids: [], sketches: [], stats: [], events });
  } catch (error) {
    onProblem(`Traces of predictions could not be written: ${toText(error)}`);
  }
}
