/** From predictions to flushes: columns, counts and traces, written together, and again while the store is away. */
import { createId } from '#base';
import type { PredictionRecord } from '../observer.ts';
import { createChooser } from './choose.ts';
import type { Flush, FlushSink } from './flush.ts';
import { Round, type Encoded, type EncodeOptions } from './round.ts';
import { createTallies } from './tallies.ts';

/** Encoded bytes that may wait for a store that does not answer. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;
/** Old predictions are looked for this often. */
const PRUNE_MS = 600_000;
const DAY_MS = 86_400_000;

export interface WriterOptions extends EncodeOptions {
  readonly keepDays?: number;
  readonly onProblem?: (message: string) => void;
}

export interface Writer {
  /** Predictions that were added since the last write began. */
  readonly count: number;
  add(records: readonly PredictionRecord[]): void;
  /** Counts a prediction for which there was no room. */
  countLost(record: PredictionRecord): void;
  /** Writes what was added, and what waits from before. Never fails: what goes wrong is told. */
  write(): Promise<void>;
  /** Deletes what is older than it is kept. */
  prune(): Promise<void>;
}

export function openWriter(sink: FlushSink, options: WriterOptions): Writer {
  const { log, findSignature, keepDays = 30, onProblem = () => undefined } = options;
  const tallies = createTallies(createId(), findSignature, log.redact);
  const choose = createChooser(log, Date.now());
  const waiting: Encoded[] = [];
  const losses = createLosses((model, version, count, why) => {
    tallies.addDropped(model, version, Date.now(), count);
    onProblem(`${count} predictions of ${model} were dropped: ${why}.`);
  });
  let round = new Round(options, choose());
  let prunedAt = Date.now();
  const prune = async () => {
    prunedAt = Date.now();
    try {
      while (await sink.prune(prunedAt - keepDays * DAY_MS));
    } catch (error) {
      onProblem(`Old predictions could not be deleted: ${toText(error)}`);
    }
  };
  return {
    get count() {
      return round.count;
    },
    add(records) {
      for (const record of records) {
        try {
          round.add(record);
          if (record.explanation?.isAlone !== true) tallies.add(record);
        } catch (error) {
          losses.add(record, `they could not be encoded: ${toText(error)}`);
        }
      }
    },
    countLost: (record) => losses.add(record, 'more arrived than could be written'),
    prune,
    async write() {
      losses.tell();
      for (const { model, version, prediction_count } of makeRoom(waiting))
        losses.add({ model, version }, 'the store has not answered for long', prediction_count);
      losses.tell();
      const taken = round;
      round = new Round(options, choose());
      // What is counted here and what is written here are the same predictions: both are taken before the first wait.
      const encoding = taken.close(Date.now());
      const counts = tallies.take();
      try {
        if (taken.count > 0) waiting.push(await encoding);
        if (waiting.length > 0 || counts.stats.length > 0)
          await writeAll(sink, waiting, counts, onProblem);
        waiting.length = 0;
        tallies.forgetOld();
      } catch (error) {
        tallies.putBack();
        onProblem(`Predictions could not be written and wait: ${toText(error)}`);
      }
      if (Date.now() - prunedAt > PRUNE_MS) await prune();
    },
  };
}

const toText = (error: unknown) => (error instanceof Error ? error.message : String(error));

type Tell = (model: string, version: number, count: number, why: string) => void;

/** Predictions that were lost, told together by version and cause. */
function createLosses(tell: Tell) {
  const lost = new Map<string, [model: string, version: number, count: number, why: string]>();
  return {
    add({ model, version }: Pick<PredictionRecord, 'model' | 'version'>, why: string, count = 1) {
      const key = JSON.stringify([model, version, why]);
      const entry = lost.get(key) ?? [model, version, 0, why];
      entry[2] += count;
      lost.set(key, entry);
    },
    tell() {
      const entries = [...lost.values()];
      lost.clear();
      for (const entry of entries) tell(...entry);
    },
  };
}

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
