/** Our codes as statuses of gRPC, and back. */
import { status as STATUS, Metadata } from '@grpc/grpc-js';
import type { ServiceError, StatusObject } from '@grpc/grpc-js';
import { CoaiaError, isCoaiaError } from '#base';
import type { ErrorDefinition, FailureOptions } from '#base';
import { ModelFailureError } from '../../runtimes/answers.ts';
import type { WorkerLine } from '../../runtimes/runtime.ts';
import { TensorError } from '../../tensors/frame.ts';
import { runtimeFailures } from '../../runtimes/errors.ts';
import { hostFailures } from '../errors.ts';

/** Statuses by that of HTTP; anything else is INTERNAL. */
const BY_HTTP = new Map<number, STATUS>([
  [400, STATUS.INVALID_ARGUMENT],
  [401, STATUS.UNAUTHENTICATED],
  [403, STATUS.PERMISSION_DENIED],
  [404, STATUS.NOT_FOUND],
  [409, STATUS.FAILED_PRECONDITION],
  [413, STATUS.INVALID_ARGUMENT],
  [422, STATUS.INVALID_ARGUMENT],
  [429, STATUS.RESOURCE_EXHAUSTED],
  [502, STATUS.UNAVAILABLE],
  [503, STATUS.UNAVAILABLE],
  [504, STATUS.DEADLINE_EXCEEDED],
]);

/** Trailers of servers and clients hold 8 KB; details beyond this many bytes of JSON are left out. */
const MAX_DETAILS = 4000;

/** Characters of a sentence; beyond it a client would get nothing, because the trailers are too long. */
const MAX_SENTENCE = 1000;

const cut = (text: string) =>
  text.length > MAX_SENTENCE ? `${text.slice(0, MAX_SENTENCE - 1)}…` : text;

/** What a trusted link hears beyond the sentence. */
export interface Confidence {
  readonly lines: readonly WorkerLine[];
}

/**
 * What a failed call ends with. Metadata: `coaia-code`, `coaia-error-bin` (JSON: hint, details), and for what may be
 * tried again `retry-after` in seconds and `grpc-retry-pushback-ms`. What is no failure of ours (a defect) is told
 * in one sentence without its text. What Python or R said, and the lines of code, go out in confidence only.
 */
export function toStatus(error: unknown, confidence?: Confidence): StatusObject {
  if (error instanceof TensorError) return toStatus(hostFailures.create('AO474', error.message));
  if (!isCoaiaError(error)) {
    const details = 'The model host failed; its log says why.';
    return { code: STATUS.INTERNAL, details, metadata: new Metadata() };
  }
  const isCancelled = error.code === 'AO476';
  const code = BY_HTTP.get(error.definition.status) ?? STATUS.INTERNAL;
  const metadata = new Metadata();
  metadata.set('coaia-code', error.code);
  const rest = JSON.stringify({
    hint: error.hint,
    details: shorten(error.details),
    ...toConfidence(error, confidence),
  });
  if (rest !== '{}') metadata.set('coaia-error-bin', Buffer.from(rest));
  const seconds = error.headers?.['Retry-After'];
  if (seconds !== undefined) {
    metadata.set('retry-after', seconds);
    metadata.set('grpc-retry-pushback-ms', String(Number(seconds) * 1000));
  }
  return { code: isCancelled ? STATUS.CANCELLED : code, details: cut(error.message), metadata };
}

function toConfidence({ cause }: CoaiaError, confidence: Confidence | undefined) {
  if (confidence === undefined) return {};
  const lines = confidence.lines.map(({ level, text }) => ({ level, text: text.slice(0, 200) }));
  const failure =
    cause instanceof ModelFailureError
      ? { message: cause.message.slice(0, 500), trace: cause.trace.slice(-2000), row: cause.row }
      : undefined;
  return { failure, ...(lines.length === 0 ? {} : { lines: shorten(lines) }) };
}

function shorten(details: unknown): unknown {
  let shown = Array.isArray(details) ? (details as readonly unknown[]) : undefined;
  while (shown !== undefined && shown.length > 0 && size(shown) > MAX_DETAILS)
    shown = shown.slice(0, Math.floor(shown.length / 2));
  if (shown !== undefined) return shown.length === 0 ? undefined : shown;
  return size(details) > MAX_DETAILS ? undefined : details;
}

const size = (value: unknown) => JSON.stringify(value)?.length ?? 0;

const TABLE: Readonly<Record<string, ErrorDefinition | undefined>> = {
  ...runtimeFailures.table,
  ...hostFailures.table,
};

/** The codes of statuses that another server of the protocol answers with. */
const BY_STATUS = new Map<STATUS, string>([
  [STATUS.CANCELLED, 'AO476'],
  [STATUS.INVALID_ARGUMENT, 'AO422'],
  [STATUS.FAILED_PRECONDITION, 'AO422'],
  [STATUS.OUT_OF_RANGE, 'AO422'],
  [STATUS.NOT_FOUND, 'AO404'],
  [STATUS.RESOURCE_EXHAUSTED, 'AO429'],
  [STATUS.UNAVAILABLE, 'AO452'],
  [STATUS.DEADLINE_EXCEEDED, 'AO454'],
  [STATUS.UNIMPLEMENTED, 'AO473'],
  [STATUS.UNAUTHENTICATED, 'AO473'],
  [STATUS.PERMISSION_DENIED, 'AO473'],
  [STATUS.DATA_LOSS, 'AO473'],
]);

/** Seconds to wait where the server names none. */
const RETRIES = new Map([
  [STATUS.UNAVAILABLE, '1'],
  [STATUS.RESOURCE_EXHAUSTED, '1'],
]);

/** The sentence is grpc-js's own. */
function codeOf(error: ServiceError): string {
  const isUnreadable = error.details.startsWith('Response message parsing error');
  return (isUnreadable ? 'AO473' : BY_STATUS.get(error.code)) ?? 'AO450';
}

/** The failure as the host knew it; from a server that tells no code of ours, the nearest one. */
export function fromStatus(
  error: ServiceError,
  address: string,
  onLines: (lines: readonly TextLine[]) => void,
): CoaiaError {
  const told = textOf(error.metadata, 'coaia-code');
  const code = told ?? codeOf(error);
  const definition = TABLE[code] ?? runtimeFailures.table.AO450;
  const retry = textOf(error.metadata, 'retry-after') ?? RETRIES.get(error.code);
  const { hint, details, failure, lines = [] } = readRest(error.metadata);
  onLines(lines);
  return new CoaiaError(code, definition, sentenceOf(error, code, told !== undefined, address), {
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
    ...(retry === undefined ? {} : { headers: { 'Retry-After': retry } }),
    cause:
      failure === undefined
        ? error
        : new ModelFailureError(failure.message, failure.trace, failure.row),
  });
}

/** A line without the names of its model. */
export type TextLine = Pick<WorkerLine, 'level' | 'text'>;

/** `coaia-error-bin`. */
interface Rest extends Pick<FailureOptions, 'hint' | 'details'> {
  readonly failure?: Pick<ModelFailureError, 'message' | 'trace' | 'row'>;
  readonly lines?: readonly TextLine[];
}

function sentenceOf(error: ServiceError, code: string, isTold: boolean, address: string): string {
  if (isTold) return error.details;
  if (code === 'AO450') return 'The model failed on these rows.';
  if (code === 'AO454') return 'The model did not answer in time.';
  if (code === 'AO476') return 'The call was cancelled.';
  if (code === 'AO452')
    return `The model server at ${address} does not answer: ${error.details.split('\n')[0]}`;
  return `The model server at ${address} says: ${error.details.split('\n')[0]}`;
}

function readRest(metadata: Metadata): Rest {
  const [bytes] = metadata.get('coaia-error-bin');
  if (!Buffer.isBuffer(bytes)) return {};
  try {
    return JSON.parse(bytes.toString()) as Rest;
  } catch {
    return {};
  }
}

function textOf(metadata: Metadata, name: string): string | undefined {
  const [value] = metadata.get(name);
  return typeof value === 'string' ? value : undefined;
}
