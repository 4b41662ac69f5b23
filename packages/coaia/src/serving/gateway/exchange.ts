/** One request on its way through the gateway. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { hostFailures } from '../hosts/errors.ts';
import type { Flag, PredictionRecord, RecordedExplanation } from '../predictions/observer.ts';
import type { Prediction } from '../runtimes/runtime.ts';
import type { Batch } from '../tensors/tensor.ts';
import type { VersionManifest } from '../versions/version.ts';
import type { Dialect } from './answer.ts';
import type { Caller } from './caller.ts';
import type { ReadInput } from './read-input.ts';
import {
  createRequestId,
  createSpanId,
  parseTraceparent,
  toCallerId,
  toTraceId,
} from '../predictions/request-ids.ts';

/** A prediction on its way. */
export interface Work {
  /** Reads the rows again, for the shadow. */
  readonly read: ReadInput;
  readonly flags: readonly Flag[];
  readonly input?: Batch;
  readonly prediction?: Prediction;
}

/** Everything about a request that later steps, the log and the metrics need. */
export class Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly headers: IncomingHttpHeaders;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Epoch milliseconds with fractions. */
  readonly startedAt: number;
  requestId: string;
  traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  /** How errors are written. */
  dialect: Dialect = 'native';
  caller: Caller | undefined;
  model = '';
  version = 0;
  route: PredictionRecord['route'] | '' = '';
  rows = 0;
  /** Where it is among those that are being answered; for `InFlight`. */
  place = -1;
  /** What was read and predicted so far; undefined for requests without rows. */
  work: Work | undefined;
  /** What was asked of why; a request for that alone is no prediction. */
  explanation: RecordedExplanation | undefined;
  /** The version that answers beside this one, once the caller has its answer. */
  shadow: VersionManifest | undefined;
  /** Lines that the model's code printed meanwhile, newest last, at most 20. */
  lines: string[] | undefined;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.headers = incoming.headers;
    this.method = incoming.method ?? 'GET';
    const url = incoming.url ?? '/';
    const mark = url.indexOf('?');
    this.path = mark === -1 ? url : url.slice(0, mark);
    this.query = mark === -1 ? '' : url.slice(mark + 1);
    this.startedAt = performance.timeOrigin + performance.now();
    const asked = toCallerId(this.headers['x-request-id'] ?? this.headers['inference-request-id']);
    const made = createRequestId(this.startedAt);
    this.requestId = asked ?? made;
    const parent = parseTraceparent(this.headers['traceparent'] as string | undefined);
    this.traceId = parent?.traceId ?? toTraceId(made);
    this.parentSpanId = parent?.spanId;
    this.spanId = createSpanId();
  }

  /** Trace context for what is called from here. */
  get traceparent(): string {
    return `00-${this.traceId}-${this.spanId}-01`;
  }

  /** Aborted when the caller goes away. One for each connection: it asks one thing after the other. */
  get signal(): AbortSignal {
    return toSignal(this.incoming.socket);
  }

  /** Milliseconds since it came in. */
  get elapsedMs(): number {
    return performance.timeOrigin + performance.now() - this.startedAt;
  }

  /** Header of one value; the first of several. */
  header(name: string): string | undefined {
    const value = this.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  /** Parameter of the query. */
  parameter(name: string): string | undefined {
    if (this.query === '') return undefined;
    return new URLSearchParams(this.query).get(name) ?? undefined;
  }
}

const signals = new WeakMap<Socket, AbortSignal>();

function toSignal(socket: Socket): AbortSignal {
  const known = signals.get(socket);
  if (known !== undefined) return known;
  const controller = new AbortController();
  socket.once('close', () =>
    controller.abort(hostFailures.create('AO476', 'The caller went away before the answer.')),
  );
  // Always one listener: otherwise each request adds the first and takes the last away, and the signal's own table of
  // listeners is made anew every few requests.
  controller.signal.addEventListener('abort', () => undefined);
  signals.set(socket, controller.signal);
  return controller.signal;
}
