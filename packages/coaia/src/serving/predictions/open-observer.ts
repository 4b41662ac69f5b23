/**
 * Remembers predictions on the hot path and writes them in batches: every half second, or when 2,000 wait. `record`
 * keeps references and nothing else. Memory is bounded; what finds no room is counted and told.
 */
import { createId } from '#base';
import type { Scope } from '#base';
import type { Signature } from '../signatures/signature.ts';
import type { Tensor } from '../tensors/tensor.ts';
import { createChooser, toReason, type Chosen, type LogRules } from './log/choose.ts';
import type { Flush, FlushSink } from './log/flush.ts';
import { isFoundByTime, toIdTime, toShare } from './log/prediction-id.ts';
import { compressSegment, encodeSegment, toRowCount, type Kept } from './log/segment.ts';
import { createStoreSink, type StoreSinkPorts } from './log/store-sink.ts';
import { createTallies } from './log/tallies.ts';
import type { PredictionObserver, PredictionRecord } from './observer.ts';
import { listHidden } from './rows.ts';
import { toTraceEvents } from './traces/to-events.ts';

export const FLUSH_MS = 500;
export const FLUSH_PREDICTIONS = 2000;
/** Predictions that may wait to be encoded. */
const MOST_PENDING = 100_000;
/** Encoded bytes that may wait for a store that does not answer. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;
/** Old predictions are looked for this often. */
const PRUNE_MS = 600_000;
const DAY_MS = 86_400_000;

export interface ObserverOptions {
  readonly scope: Scope;
  readonly log: LogRules;
  readonly findSignature: (model: string, version: number) => Signature | undefined;
  readonly environment?: string;
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
    work = work.then(() => {
      const dropped = new Map(lost);
      lost.clear();
      return writer.write(records, dropped);
    });
    return work;
  };

  return {
    record(prediction) {
      if (pending.length >= mostPending) {
        const key = `${prediction.model}\0${prediction.version}`;
        lost.set(key, (lost.get(key) ?? 0) + 1);
        return;
      }
      const count = pending.push(prediction);
      if (count === FLUSH_PREDICTIONS) setImmediate(flush);
      timer ??= setTimeout(flush, flushMs).unref();
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
  const tallies = createTallies(createId(), findSignature);
  const choose = createChooser(log, Date.now());
  let waiting: Omit<Flush, 'sketches' | 'stats'>[] = [];
  let prunedAt = Date.now();

  const makeRoom = () => {
    let bytes = waiting.reduce((sum, { segments }) => sum + toSize(segments), 0);
    while (bytes > MOST_WAITING_BYTES) {
      const [oldest] = waiting.splice(0, 1);
      for (const segment of oldest?.segments ?? []) {
        bytes -= segment.data.length;
        tallies.addDropped(
          segment.model,
          segment.version,
          segment.last_at,
          segment.prediction_count,
        );
        onProblem(
          `${segment.prediction_count} predictions of ${segment.model} were dropped: the store has not answered and there is no room for more.`,
        );
      }
    }
  };

  return {
    async write(records: readonly PredictionRecord[], dropped: ReadonlyMap<string, number>) {
      const now = Date.now();
      for (const [key, count] of dropped) {
        const [model = '', version] = key.split('\0');
        tallies.addDropped(model, Number(version), now, count);
        onProblem(
          `${count} predictions of ${model} were dropped: more arrived than could be written.`,
        );
      }
      for (const record of records) tallies.add(record);
      if (records.length > 0) waiting.push(await encode(records, choose(records, now), options));
      makeRoom();
      try {
        const counts = tallies.listChanged();
        if (waiting.length === 0 && counts.stats.length === 0) return;
        await writeAll(sink, waiting, counts, onProblem);
        waiting = [];
        tallies.markWritten();
      } catch (error) {
        onProblem(
          `Predictions could not be written and wait: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      if (now - prunedAt > PRUNE_MS) await this.prune();
    },
    async prune() {
      prunedAt = Date.now();
      try {
        while (await sink.prune(prunedAt - keepDays * DAY_MS));
      } catch (error) {
        onProblem(
          `Old predictions could not be deleted: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    },
  };
}

const toSize = (segments: Flush['segments']) =>
  segments.reduce((sum, { data }) => sum + data.length, 0);

/** Everything that waits; a trace that is refused is told and does not hold the log back. */
async function writeAll(
  sink: FlushSink,
  waiting: readonly Omit<Flush, 'sketches' | 'stats'>[],
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
    onProblem(
      `Traces of predictions could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function encode(
  records: readonly PredictionRecord[],
  chosen: Chosen,
  options: ObserverOptions,
): Promise<Omit<Flush, 'sketches' | 'stats'>> {
  const groups = Map.groupBy(records, ({ model, version }) => `${model}\0${version}`);
  const segments = await Promise.all(
    [...groups.values()].map((group) => toSegment(group, chosen.share, options)),
  );
  const { findSignature, log, environment } = options;
  const place = environment === undefined ? {} : { environment };
  const events = chosen.traces.flatMap(({ record, sampling }) => {
    const hidden = listHidden(findSignature(record.model, record.version), log.redact);
    return toTraceEvents(hide(record, hidden), sampling, place);
  });
  return {
    segments: segments.map(({ row }) => row),
    ids: segments.flatMap(({ ids }) => ids),
    events,
  };
}

async function toSegment(
  records: readonly PredictionRecord[],
  share: number,
  options: ObserverOptions,
) {
  const [first] = records;
  const { model = '', version = 0 } = first ?? {};
  const hidden = listHidden(options.findSignature(model, version), options.log.redact);
  const keep = createKeeper(options.log, share, hidden);
  const id = createId();
  const times = records.flatMap((record) => toTimes(record));
  const external = records.filter(
    ({ requestId, startedAt }) => !isFoundByTime(requestId, startedAt),
  );
  const row = {
    id,
    model,
    version,
    first_at: Math.floor(times.reduce((least, time) => Math.min(least, time), Infinity)),
    last_at: Math.ceil(times.reduce((most, time) => Math.max(most, time), 0)),
    prediction_count: records.length,
    failed_count: records.filter(({ status }) => status >= 400).length,
    flagged_count: records.filter((record) => toReason(record) === 'flagged').length,
    shadow_count: records.filter(({ route }) => route === 'shadow').length,
    data: await compressSegment(encodeSegment(records, keep)),
  };
  const ids = [...new Set(external.map(({ requestId }) => requestId))];
  return { row, ids: ids.map((request_id) => ({ request_id, segment_id: id, model })) };
}

function toTimes({ requestId, startedAt }: PredictionRecord): readonly number[] {
  const time = toIdTime(requestId);
  return time !== undefined && isFoundByTime(requestId, startedAt)
    ? [startedAt, time]
    : [startedAt];
}

function createKeeper({ payload }: LogRules, share: number, hidden: ReadonlySet<string>) {
  const strip = (columns: readonly Tensor[], rows: number) =>
    columns.every(({ name, shape }) => !hidden.has(name) && shape[0] === rows)
      ? columns
      : columns.filter(({ name, shape }) => !hidden.has(name) && shape[0] === rows);
  return (record: PredictionRecord): Kept => {
    const { inputs, outputs, route } = record;
    if (payload === 'none') return { inputs: undefined, outputs: undefined };
    const rows = toRowCount(record);
    const isSampled =
      payload === 'all' || toReason(record) !== 'sampled' || toShare(record.requestId) < share;
    // A shadow sees what the champion saw, and that is kept with the champion.
    const isKept = isSampled && route !== 'shadow' && inputs !== undefined;
    return {
      inputs: isKept ? strip(inputs.columns, rows) : undefined,
      outputs: outputs === undefined ? undefined : strip(outputs, rows),
    };
  };
}

/** The prediction without values that nobody may see. */
export function hide(record: PredictionRecord, hidden: ReadonlySet<string>): PredictionRecord {
  if (hidden.size === 0) return record;
  const { inputs, outputs } = record;
  const strip = (columns: readonly Tensor[]) => columns.filter(({ name }) => !hidden.has(name));
  return {
    ...record,
    ...(inputs === undefined ? {} : { inputs: { ...inputs, columns: strip(inputs.columns) } }),
    ...(outputs === undefined ? {} : { outputs: strip(outputs) }),
    flags: record.flags.map((flag) =>
      hidden.has(flag.field) ? { ...flag, message: `${flag.field}: value not shown` } : flag,
    ),
  };
}
