/** A segment while it grows: every prediction is copied into columns at once, and nothing of it is held. */
import type { Tensor } from '../../tensors/tensor.ts';
import type { PredictionRecord } from '../observer.ts';
import { createLayouts } from './growing-layouts.ts';
import { readUuidTime, writeTraceId, writeUuid } from './hex-ids.ts';
import { isNearTime } from './prediction-id.ts';
import {
  NONE,
  NUMBERS,
  RARE,
  ROUTES,
  toRowCount,
  type Extra,
  type Head,
  type Numbers,
} from './segment.ts';

const FIRST_CAPACITY = 64;

/** What a segment's row says beside its bytes. */
export interface SegmentCounts {
  /** Epoch milliseconds: no id and no start of a prediction lies outside. */
  readonly first_at: number;
  readonly last_at: number;
  readonly prediction_count: number;
  readonly failed_count: number;
  readonly flagged_count: number;
  readonly shadow_count: number;
}

export interface BuiltSegment {
  /** Not yet compressed. */
  readonly bytes: Uint8Array;
  readonly counts: SegmentCounts;
  /** Ids of requests that their own time does not find. */
  readonly external: readonly string[];
}

const NAMES = Object.keys(NUMBERS) as readonly (keyof Numbers)[];

const createNumbers = (capacity: number): Numbers =>
  Object.fromEntries(
    Object.entries(NUMBERS).map(([name, Numbers]) => [name, new Numbers(capacity)]),
  ) as unknown as Numbers;

export class SegmentBuilder {
  #numbers = createNumbers(FIRST_CAPACITY);
  #ids = Buffer.alloc(FIRST_CAPACITY * 16);
  #traces = Buffer.alloc(FIRST_CAPACITY * 16);
  readonly #inputs = createLayouts();
  readonly #outputs = createLayouts();
  readonly #extra: Record<string, Extra> = {};
  readonly #external = new Set<string>();
  readonly #counts = {
    first_at: Number.POSITIVE_INFINITY,
    last_at: 0,
    prediction_count: 0,
    failed_count: 0,
    flagged_count: 0,
    shadow_count: 0,
  };

  get count(): number {
    return this.#counts.prediction_count;
  }

  /** Copies a prediction and, where given, its outputs; answers its place. */
  add(record: PredictionRecord, outputs: readonly Tensor[] | undefined): number {
    const at = this.#counts.prediction_count;
    if (at === this.#numbers.status.length) this.#enlarge();
    const rows = toRowCount(record);
    writeNumbers(this.#numbers, at, record, rows);
    this.#numbers.inputLayout[at] = NONE;
    this.#numbers.outputLayout[at] =
      outputs === undefined ? NONE : this.#outputs.add(fit(outputs, rows), rows);
    const isUuid = writeUuid(this.#ids, at * 16, record.requestId);
    const isTrace = writeTraceId(this.#traces, at * 16, record.traceId);
    const extra = toExtra(record, isUuid, isTrace);
    if (extra !== undefined) this.#extra[at] = extra;
    this.#addTime(isUuid ? readUuidTime(this.#ids, at * 16) : undefined, record);
    this.#count(record);
    return at;
  }

  /** Copies the inputs of the prediction at a place; places must come in order. */
  keepInputs(place: number, columns: readonly Tensor[]): void {
    const rows = this.#numbers.rows[place] ?? 0;
    this.#numbers.inputLayout[place] = this.#inputs.add(fit(columns, rows), rows);
  }

  close(): BuiltSegment {
    const count = this.#counts.prediction_count;
    const numbers = Object.values(this.#numbers).map((all) => toBytes(all.subarray(0, count)));
    const tails = [
      this.#ids.subarray(0, count * 16),
      this.#traces.subarray(0, count * 16),
      ...numbers,
    ];
    const inputs = this.#inputs.close(tails);
    const outputs = this.#outputs.close(tails);
    const head: Head = { format: 1, count, inputs, outputs, extra: this.#extra };
    const text = Buffer.from(JSON.stringify(head));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    const { first_at, last_at } = this.#counts;
    return {
      bytes: Buffer.concat([length, text, ...tails]),
      counts: { ...this.#counts, first_at: Math.floor(first_at), last_at: Math.ceil(last_at) },
      external: [...this.#external],
    };
  }

  #addTime(idTime: number | undefined, { requestId, startedAt }: PredictionRecord): void {
    const counts = this.#counts;
    counts.first_at = Math.min(counts.first_at, startedAt);
    counts.last_at = Math.max(counts.last_at, startedAt);
    if (idTime === undefined || !isNearTime(idTime, startedAt)) {
      this.#external.add(requestId);
      return;
    }
    counts.first_at = Math.min(counts.first_at, idTime);
    counts.last_at = Math.max(counts.last_at, idTime);
  }

  #count({ status, error, flags, warnings, route }: PredictionRecord): void {
    const counts = this.#counts;
    counts.prediction_count++;
    if (status >= 400) counts.failed_count++;
    else if (error === undefined && (flags.length > 0 || warnings.length > 0))
      counts.flagged_count++;
    if (route === 'shadow') counts.shadow_count++;
  }

  #enlarge(): void {
    const capacity = 2 * this.#numbers.status.length;
    const larger = createNumbers(capacity);
    for (const name of NAMES) larger[name].set(this.#numbers[name]);
    this.#numbers = larger;
    this.#ids = Buffer.concat([this.#ids], capacity * 16);
    this.#traces = Buffer.concat([this.#traces], capacity * 16);
  }
}

const toBytes = (values: Numbers[keyof Numbers]): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** The columns that have as many rows as there were; others would shift everything behind them. */
function fit(columns: readonly Tensor[], rows: number): readonly Tensor[] {
  for (const { shape } of columns)
    if (shape[0] !== rows) return columns.filter((column) => column.shape[0] === rows);
  return columns;
}

function writeNumbers(numbers: Numbers, at: number, record: PredictionRecord, rows: number): void {
  const { timings } = record;
  numbers.startedAt[at] = record.startedAt;
  numbers.durationMs[at] = record.durationMs;
  numbers.queueMs[at] = timings?.queueMs ?? Number.NaN;
  numbers.workerMs[at] = timings?.workerMs ?? Number.NaN;
  numbers.hostMs[at] = timings?.hostMs ?? Number.NaN;
  numbers.batchRows[at] = Math.min(65_535, timings?.batchRows ?? 0);
  numbers.rows[at] = rows;
  numbers.status[at] = record.status;
  numbers.route[at] = ROUTES.indexOf(record.route);
}

function toExtra(record: PredictionRecord, isUuid: boolean, isTrace: boolean): Extra | undefined {
  let extra: Record<string, unknown> | undefined;
  if (!isUuid) extra = { requestId: record.requestId };
  if (!isTrace) extra = { ...extra, traceId: record.traceId };
  for (const name of RARE) {
    const value = record[name];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    extra ??= {};
    extra[name] = value;
  }
  return extra;
}
