/** Predictions that arrive over gRPC from others than our own gateway, told to the observer as the gateway tells its own. */
import { timingSafeEqual } from 'node:crypto';
import { isCoaiaError } from '#base';
import type { PredictionObserver, PredictionRecord } from '../../predictions/observer.ts';
import {
  createRequestId,
  createSpanId,
  parseTraceparent,
  toCallerId,
  toTraceId,
} from '../../predictions/request-ids.ts';
import { ModelFailureError } from '../../runtimes/answers.ts';
import type { Prediction, WorkerLine } from '../../runtimes/runtime.ts';
import { TensorError } from '../../tensors/frame.ts';
import { hostFailures } from '../errors.ts';
import type { ChosenTarget } from './served-models.ts';

/** Metadata in which our gateway shows the token that it shares with the host: it tells of these calls itself. */
export const GATEWAY = 'coaia-gateway';

/** Where calls are told. Needs a host with a catalog: a call without a version is not told. */
export interface CallObserver {
  readonly observer: Pick<PredictionObserver, 'record'>;
  /** What our gateway shows; nobody else knows it. */
  readonly token: string;
}

/** What becomes known of a call, one after the other. */
export interface CallFacts extends Pick<PredictionRecord, 'inputs' | 'flags'> {
  readonly target: ChosenTarget;
  readonly prediction: Prediction;
  /** As the worker knows it. */
  readonly requestId: string;
  readonly lines: readonly WorkerLine[];
}

type Header = (name: string) => string | undefined;

export interface ObservedCall {
  /** For a request without an id of its own. */
  readonly id: string;
  readonly traceparent: string;
  note(facts: Partial<CallFacts>): void;
  /** Tells what came of it. Returns the ids under which it is found; undefined when no version was asked. */
  end(
    takeLines: (requestId: string) => readonly WorkerLine[],
    error?: unknown,
  ): { readonly requestId: string; readonly traceId: string } | undefined;
}

/** Undefined for calls that nobody observes here. */
export function observeCall(
  port: CallObserver | undefined,
  header: Header,
): ObservedCall | undefined {
  if (port === undefined || isSame(header(GATEWAY), port.token)) return undefined;
  const startedAt = performance.timeOrigin + performance.now();
  const id = createRequestId(startedAt);
  const parent = parseTraceparent(header('traceparent'));
  const traceId = parent?.traceId ?? toTraceId(id);
  let known: Partial<CallFacts> = {};
  return {
    id,
    traceparent: `00-${traceId}-${createSpanId()}-01`,
    note(facts) {
      known = { ...known, ...facts };
    },
    end(takeLines, error) {
      const { target, prediction, requestId = id, lines: taken, ...rows } = known;
      const version = Number(target?.version);
      if (target === undefined || !Number.isInteger(version)) return undefined;
      const lines = taken ?? takeLines(requestId);
      const own = toCallerId(requestId) ?? id;
      port.observer.record({
        requestId: own,
        traceId,
        ...(parent === undefined ? {} : { parentSpanId: parent.spanId }),
        model: target.model,
        version,
        route: target.route,
        via: 'grpc',
        startedAt,
        durationMs: performance.timeOrigin + performance.now() - startedAt,
        flags: [],
        ...rows,
        ...toAnswer(prediction),
        ...toOutcome(error),
        ...(lines.length === 0 ? {} : { lines: lines.map(({ text }) => text) }),
        ...toCaller(header),
      });
      return { requestId: own, traceId };
    },
  };
}

function toAnswer(
  prediction: Prediction | undefined,
): Pick<PredictionRecord, 'outputs' | 'timings' | 'warnings'> {
  if (prediction === undefined) return { warnings: [] };
  const { outputs, timings, warnings } = prediction;
  return { outputs, timings, warnings };
}

/** In the same time for every text of the same length, so that the token cannot be guessed piece by piece. */
function isSame(shown: string | undefined, token: string): boolean {
  if (shown?.length !== token.length) return false;
  const [one, other] = [Buffer.from(shown), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** What callers may say with a request, under the names that the gateway reads. */
function toCaller(header: Header): Pick<PredictionRecord, 'userId' | 'sessionId' | 'tags'> {
  const userId = header('x-user-id');
  const sessionId = header('x-session-id');
  const tags = header('x-tags');
  return {
    ...(userId === undefined ? {} : { userId }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(tags === undefined ? {} : { tags: tags.split(',').map((tag) => tag.trim()) }),
  };
}

/** The status that a caller of the gateway would have got. */
function toOutcome(given: unknown): Pick<PredictionRecord, 'status' | 'error'> {
  if (given === undefined) return { status: 200 };
  const error = given instanceof TensorError ? hostFailures.create('AO474', given.message) : given;
  const stack = toStack(error);
  const more = stack === undefined ? {} : { stack };
  if (!isCoaiaError(error))
    return { status: 500, error: { code: 'AO449', message: 'The model host failed.', ...more } };
  const { code, message, definition } = error;
  return { status: definition.status, error: { code, message, ...more } };
}

/** The lines of the model's code; of what is no failure of ours, where it happened. */
function toStack(error: unknown): string | undefined {
  const cause = isCoaiaError(error) ? error.cause : error;
  if (cause instanceof ModelFailureError) return `${cause.message}\n${cause.trace}`;
  return cause instanceof Error ? cause.stack : undefined;
}
