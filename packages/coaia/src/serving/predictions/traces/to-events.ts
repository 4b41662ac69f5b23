/**
 * A prediction as a trace: the request at the api-service, the model-service inside it, and shadows beside. Ids come
 * from the request, so that a prediction that is written twice is one trace.
 */
import { createHash } from 'node:crypto';
import { toIso } from '#base';
import type { IngestionEvent } from '#base';
import { toRows } from '../../signatures/tensor-rows.ts';
import type { Tensor } from '../../tensors/tensor.ts';
import { toOccasion } from '../log/prediction-id.ts';
import type { PredictionRecord, RecordedExplanation } from '../observer.ts';

/** Why there is a trace, and of how many predictions one had one. */
export interface Sampling {
  readonly reason: 'sampled' | 'failed' | 'flagged' | 'explained' | 'queried' | 'scored';
  /** Share of predictions that were sampled at the time, 0 to 1. */
  readonly share?: number;
}

export interface TraceOptions {
  readonly environment?: string;
}

/** Rows of one prediction that a trace shows. */
const MOST_ROWS = 100;

/** 16 hex digits, always the same for the same parts. */
export function toSpanId(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

type Asked = Pick<PredictionRecord, 'requestId' | 'traceId' | 'parentSpanId' | 'model'>;

/** The observation of the request at the api-service; another one where the same request id was sent again. */
export function toApiSpanId(record: Asked): string {
  return toOwnId(record, 'api-service');
}

const toOwnId = (record: Asked, ...parts: readonly string[]) =>
  toSpanId(toOccasion(record), record.model, ...parts);

/** Events that write, or write again, the trace of this prediction. */
export function toTraceEvents(
  record: PredictionRecord,
  sampling: Sampling,
  options: TraceOptions = {},
): readonly IngestionEvent[] {
  if (record.explanation?.isAlone === true) return toExplanationEvents(record, sampling, options);
  return record.route === 'shadow'
    ? toShadowEvents(record, sampling, options)
    : toAnswerEvents(record, sampling, options);
}

function toAnswerEvents(record: PredictionRecord, sampling: Sampling, options: TraceOptions) {
  const { model, version, requestId, traceId, startedAt, parentSpanId } = record;
  const rows = toInputAndOutput(record);
  const apiId = toApiSpanId(record);
  const place = options.environment === undefined ? {} : { environment: options.environment };
  const trace = {
    id: traceId,
    timestamp: toIso(startedAt),
    ...place,
    name: model,
    version: String(version),
    ...toSender(record),
    ...rows,
    metadata: { request_id: requestId, sampling },
  };
  const api = {
    id: apiId,
    traceId,
    name: record.via ?? 'api-service',
    ...place,
    ...(parentSpanId === undefined ? {} : { parentObservationId: parentSpanId }),
    ...toTimes(startedAt, record.durationMs),
    version: String(version),
    ...rows,
    ...toLevel(record),
    metadata: {
      request_id: requestId,
      model,
      route: record.route,
      status: record.status,
      ...toNotes(record),
      sampling,
    },
  };
  const events = [
    toEvent(record, 'trace-create', 'trace', trace),
    toEvent(record, 'span-create', 'api', api),
  ];
  const inside = toModelSpan(record, apiId, place);
  const why = toWhySpan(record, apiId, { sampling, place });
  return [
    ...events,
    ...(inside === undefined ? [] : [toEvent(record, 'span-create', 'model', inside)]),
    ...(why === undefined ? [] : [toEvent(record, 'span-create', 'explanation', why)]),
  ];
}

/** Only why was asked: no input and output of the trace, which may be that of the prediction. */
function toExplanationEvents(record: PredictionRecord, sampling: Sampling, options: TraceOptions) {
  const { model, version, traceId, startedAt, parentSpanId } = record;
  const place = options.environment === undefined ? {} : { environment: options.environment };
  const trace = {
    id: traceId,
    timestamp: toIso(startedAt),
    ...place,
    name: model,
    version: String(version),
    ...toSender(record, 'explanation'),
  };
  const why = { ...toWhySpan(record, parentSpanId, { sampling, place }), ...toLevel(record) };
  return [
    toEvent(record, 'trace-create', 'explanation-trace', trace),
    toEvent(record, 'span-create', 'explanation', why),
  ];
}

/** What may be said of the parts of an explanation. */
const EXACTNESS = {
  terms: 'exact: in each row the baseline and the terms add up to the total',
  code: 'what explain of the model gave; that it adds up was not checked',
} as const;

interface WhyOptions {
  readonly sampling: Sampling;
  readonly place: object;
}

/** Rows in, and for each row why; how it came about is beside it. */
function toWhySpan(
  record: PredictionRecord,
  parent: string | undefined,
  { sampling, place }: WhyOptions,
): object | undefined {
  const { explanation, requestId, model, traceId, version, inputs, status } = record;
  if (explanation === undefined) return undefined;
  const { about, startedAt, durationMs, values } = explanation;
  return {
    id: toOwnId(record, 'explanation'),
    traceId,
    name: 'explanation',
    ...place,
    ...(parent === undefined ? {} : { parentObservationId: parent }),
    ...toTimes(startedAt, durationMs),
    version: String(version),
    ...(inputs === undefined ? {} : { input: toShown(inputs.columns) }),
    ...(values === undefined ? {} : { output: toFew(values) }),
    metadata: {
      request_id: requestId,
      model,
      status,
      ...(about === undefined ? {} : toMethod(about)),
      ...(explanation.isAlone ? toNotes(record) : {}),
      sampling,
    },
  };
}

function toMethod({ kind, scale, baseline }: NonNullable<RecordedExplanation['about']>) {
  return { explained_by: kind, scale, baseline, exactness: EXACTNESS[kind] };
}

/** A shadow's answer lies in the trace of the request that it shadowed. */
function toShadowEvents(record: PredictionRecord, sampling: Sampling, options: TraceOptions) {
  const { model, version, requestId, traceId, startedAt } = record;
  const body = {
    id: toOwnId(record, 'shadow', String(version)),
    traceId,
    name: `shadow: version ${version}`,
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    parentObservationId: toApiSpanId(record),
    ...toTimes(startedAt, record.durationMs),
    version: String(version),
    ...toInputAndOutput(record),
    ...toLevel(record),
    metadata: {
      request_id: requestId,
      model,
      route: 'shadow',
      status: record.status,
      ...toNotes(record),
      sampling,
    },
  };
  return [toEvent(record, 'span-create', `shadow-${version}`, body)];
}

/** Queue and worker as they were timed; where in the request they lay nobody measured, so in its middle. */
function toModelSpan(record: PredictionRecord, parent: string, place: object): object | undefined {
  const { timings, startedAt, durationMs, traceId, version } = record;
  if (timings === undefined) return undefined;
  const inside = Math.min(durationMs, timings.hostMs ?? timings.queueMs + timings.workerMs);
  const { queueMs, workerMs, batchRows, hostMs } = timings;
  return {
    id: toOwnId(record, 'model-service'),
    traceId,
    name: 'model-service',
    ...place,
    parentObservationId: parent,
    ...toTimes(startedAt + (durationMs - inside) / 2, inside),
    version: String(version),
    metadata: {
      queue_ms: queueMs,
      worker_ms: workerMs,
      batch_rows: batchRows,
      ...(hostMs === undefined ? {} : { host_ms: hostMs }),
      ...toSaid(record),
    },
  };
}

const toTimes = (start: number, ms: number) => ({
  startTime: toIso(Math.floor(start)),
  endTime: toIso(Math.floor(start + ms)),
});

function toSender({ userId, sessionId, tags = [] }: PredictionRecord, kind = 'prediction') {
  return {
    ...(userId === undefined ? {} : { userId: userId.slice(0, 200) }),
    ...(sessionId === undefined ? {} : { sessionId: sessionId.slice(0, 200) }),
    tags: [...new Set([kind, ...tags.map((tag) => tag.slice(0, 200))])],
  };
}

function toInputAndOutput({ inputs, outputs }: PredictionRecord) {
  return {
    ...(inputs === undefined ? {} : { input: toShown(inputs.columns) }),
    ...(outputs === undefined ? {} : { output: toShown(outputs) }),
  };
}

function toShown(columns: readonly Tensor[]): unknown {
  return toFew(toRows(columns));
}

const toFew = (rows: readonly unknown[]) =>
  rows.length === 1 ? rows[0] : rows.slice(0, MOST_ROWS);

function toLevel({ error, status, flags }: PredictionRecord) {
  if (error !== undefined || status >= 400)
    return {
      level: 'ERROR',
      statusMessage: error === undefined ? `status ${status}` : `${error.code}: ${error.message}`,
    };
  const [first] = flags;
  return first === undefined
    ? {}
    : { level: 'WARNING', statusMessage: `${first.code}: ${first.message}` };
}

function toNotes(record: PredictionRecord) {
  const { flags, error, inputs } = record;
  const rows = inputs?.rows ?? 0;
  return {
    ...(flags.length === 0 ? {} : { flags }),
    ...(record.timings === undefined ? toSaid(record) : {}),
    ...(error?.stack === undefined ? {} : { stack: error.stack }),
    ...(inputs === undefined ? { input: 'not kept' } : {}),
    ...(rows > MOST_ROWS ? { rows, shown_rows: MOST_ROWS } : {}),
  };
}

/** What the model's code printed and warned of meanwhile. */
function toSaid({ warnings, lines = [] }: PredictionRecord) {
  return {
    ...(lines.length === 0 ? {} : { lines }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

function toEvent(
  record: PredictionRecord,
  type: string,
  part: string,
  body: object,
): IngestionEvent {
  const { startedAt, durationMs } = record;
  return {
    id: `prediction-${toOwnId(record, part)}`,
    type,
    timestamp: toIso(Math.floor(startedAt + durationMs)),
    body,
  };
}
