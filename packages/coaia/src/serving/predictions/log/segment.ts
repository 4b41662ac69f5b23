/**
 * A segment: some hundred predictions of one version as columns. A u32 (little-endian) with the length of a JSON head,
 * the head, then the tails in the order the head implies; all of it compressed by Zstandard (RFC 8878). Written by
 * `segment-builder.ts`.
 */
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import type { Timings } from '../../runtimes/runtime.ts';
import type { PredictionRecord } from '../observer.ts';
import { openLayout, sliceBatch, type Layout } from './layout.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export const ROUTES = ['champion', 'canary', 'asked', 'shadow'] as const;

/** No layout: the columns were not kept, or there were none. */
export const NONE = 0xffff;

/** What few predictions have, besides ids that are no UUID and no trace id. */
export const RARE = [
  'via',
  'parentSpanId',
  'flags',
  'warnings',
  'error',
  'userId',
  'sessionId',
  'tags',
  'lines',
] as const;

export type Extra = Partial<
  Pick<PredictionRecord, (typeof RARE)[number] | 'requestId' | 'traceId'>
>;

export interface Head {
  readonly format: 1;
  readonly count: number;
  readonly inputs: readonly Layout[];
  readonly outputs: readonly Layout[];
  readonly extra: Readonly<Record<string, Extra>>;
}

/** A prediction as it is kept; inputs and outputs are there as far as `[log]` keeps them. */
export interface LoggedPrediction extends PredictionRecord {
  readonly rows: number;
}

/** Numbers of every prediction by name, in stored order, with their array. */
export const NUMBERS = {
  startedAt: Float64Array,
  durationMs: Float32Array,
  queueMs: Float32Array,
  workerMs: Float32Array,
  hostMs: Float32Array,
  rows: Uint32Array,
  status: Uint16Array,
  batchRows: Uint16Array,
  inputLayout: Uint16Array,
  outputLayout: Uint16Array,
  route: Uint8Array,
} as const;

export type Numbers = { readonly [K in keyof typeof NUMBERS]: InstanceType<(typeof NUMBERS)[K]> };

/** Level 3, Zstandard's own default: levels above cost more than they save here. */
export function compressSegment(bytes: Uint8Array): Promise<Uint8Array> {
  return compress(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } });
}

/** Rows that were asked; one where the body could not be read as rows. */
export function toRowCount({ inputs, outputs }: PredictionRecord): number {
  return inputs?.rows ?? outputs?.[0]?.shape[0] ?? 1;
}

/** All predictions of a segment, in the order they were recorded. */
export async function decodeSegment(
  data: Uint8Array,
  { model, version }: Pick<PredictionRecord, 'model' | 'version'>,
): Promise<readonly LoggedPrediction[]> {
  const bytes = await decompress(data);
  const length = bytes.readUInt32LE(0);
  const head = JSON.parse(bytes.toString('utf8', 4, 4 + length)) as Head;
  let place = 4 + length;
  const read = (size: number) => bytes.subarray(place, (place += size));
  const { count } = head;
  const ids = read(count * 16);
  const traces = read(count * 16);
  const numbers = readNumbers(count, read);
  const inputs = createCutter(head.inputs, read);
  const outputs = createCutter(head.outputs, read);
  return Array.from({ length: count }, (_, at) => {
    const get = (name: keyof Numbers) => numbers[name][at] as number;
    const given = inputs(get('inputLayout'), get('rows'));
    const answered = outputs(get('outputLayout'), get('rows'))?.columns;
    const timings = toTimings(get);
    return {
      requestId: toUuid(ids.toString('hex', at * 16, at * 16 + 16)),
      traceId: traces.toString('hex', at * 16, at * 16 + 16),
      model,
      version,
      route: ROUTES[get('route')] as PredictionRecord['route'],
      startedAt: get('startedAt'),
      durationMs: get('durationMs'),
      status: get('status'),
      rows: get('rows'),
      flags: [],
      warnings: [],
      ...(timings === undefined ? {} : { timings }),
      ...(given === undefined ? {} : { inputs: given }),
      ...(answered === undefined ? {} : { outputs: answered }),
      ...head.extra[at],
    };
  });
}

function readNumbers(count: number, read: (size: number) => Uint8Array): Numbers {
  return Object.fromEntries(
    Object.entries(NUMBERS).map(([name, Numbers]) => {
      // A copy, because the place in the segment is not aligned.
      const bytes = new Uint8Array(read(count * Numbers.BYTES_PER_ELEMENT));
      return [name, new Numbers(bytes.buffer)];
    }),
  ) as unknown as Numbers;
}

/** Takes the next rows of a layout with every call. */
function createCutter(layouts: readonly Layout[], read: (size: number) => Uint8Array) {
  const open = layouts.map((layout) => ({ batch: openLayout(layout, read), next: 0 }));
  return (layout: number, rows: number) => {
    const found = open[layout];
    if (found === undefined) return undefined;
    found.next += rows;
    return sliceBatch(found.batch, found.next - rows, rows);
  };
}

function toTimings(get: (name: keyof Numbers) => number): Timings | undefined {
  const [queueMs, hostMs] = [get('queueMs'), get('hostMs')];
  if (Number.isNaN(queueMs)) return undefined;
  const timings = { queueMs, workerMs: get('workerMs'), batchRows: get('batchRows') };
  return Number.isNaN(hostMs) ? timings : { ...timings, hostMs };
}

function toUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
