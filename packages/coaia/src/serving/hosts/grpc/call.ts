/** What a handler knows of a call, and how its answer or failure goes out. */
import { Metadata } from '@grpc/grpc-js';
import type { sendUnaryData, ServerDuplexStream, ServerUnaryCall } from '@grpc/grpc-js';
import { createId, isCoaiaError } from '#base';
import { TensorError } from '../../tensors/frame.ts';
import type { PredictOptions, WorkerLine } from '../../runtimes/runtime.ts';
import { hostFailures } from '../errors.ts';
import { toStatus } from './grpc-status.ts';
import { observeCall } from './observed-call.ts';
import type { CallFacts, CallObserver, ObservedCall } from './observed-call.ts';
import type { ChosenTarget } from './served-models.ts';

type AnyCall = ServerUnaryCall<unknown, unknown> | ServerDuplexStream<unknown, unknown>;

export interface CallContext {
  /** Text metadata by lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** For the link. A request may carry an id of its own. */
  readonly options: (requestId: string) => PredictOptions;
  /** Keeps what is known of the prediction, where somebody observes it. */
  readonly note: (facts: Partial<CallFacts>) => void;
}

interface Caller {
  readonly header: CallContext['header'];
  readonly signal: AbortSignal;
  /** Epoch milliseconds; not finite: none. */
  readonly deadline: number;
}

function toCaller(call: AnyCall): Caller {
  const abort = new AbortController();
  call.once('cancelled', () =>
    abort.abort(hostFailures.create('AO476', 'The call was cancelled by its caller.')),
  );
  const header = (name: string) => {
    const [value] = call.metadata.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  return { header, signal: abort.signal, deadline: Number(call.getDeadline()) };
}

/** Of one request; a stream has several. */
function toContext({ header, signal, deadline }: Caller, observed?: ObservedCall): CallContext {
  const traceparent = observed?.traceparent ?? header('traceparent');
  return {
    header,
    options: (given) => {
      const requestId =
        given === '' ? (header('x-request-id') ?? observed?.id ?? createId()) : given;
      observed?.note({ requestId });
      return {
        requestId,
        ...(traceparent === undefined ? {} : { traceparent }),
        ...(Number.isFinite(deadline) ? { deadline } : {}),
        signal,
      };
    },
    note: (facts) => observed?.note(facts),
  };
}

/** From here on the call counts as a prediction of this version, whatever becomes of it. */
export function begin(
  context: CallContext,
  target: ChosenTarget,
  requestId: string,
): PredictOptions {
  context.note({ target });
  return context.options(requestId);
}

/** Metadata with which our own link asks for what the model printed and how it failed. */
export const TRACE = 'coaia-trace';

/** What handlers share. */
export interface HostPorts {
  /** Hears of errors that are none of ours. */
  readonly onDefect: (error: unknown) => void;
  /** What the model printed for a request. */
  readonly takeLines: (requestId: string) => readonly WorkerLine[];
  /** Hears of predictions. Absent: nobody does. */
  readonly observe?: CallObserver | undefined;
}

export type Handle = (request: never, context: CallContext) => Promise<object>;

/** Stands for a request whose bytes are no message, so that its caller hears what we say of it. */
class Unreadable {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** grpc-js itself would call it an error of the server. */
export function toForgiving(deserialize: (bytes: Uint8Array) => object) {
  return (bytes: Uint8Array): object => {
    try {
      return deserialize(bytes);
    } catch (error) {
      return new Unreadable((error as Error).message);
    }
  };
}

const guard =
  (handle: Handle): Handle =>
  async (request: unknown, context) => {
    if (request instanceof Unreadable)
      throw new TensorError(`The bytes are no such message: ${request.reason}`);
    return handle(request as never, context);
  };

/** A unary method of grpc-js. What was observed goes out with the ids under which it is found. */
export function toUnary(given: Handle, ports: HostPorts) {
  const handle = guard(given);
  return (call: ServerUnaryCall<unknown, unknown>, callback: sendUnaryData<object>): void => {
    const caller = toCaller(call);
    const observed = observeCall(ports.observe, caller.header);
    const context = toContext(caller, observed);
    handle(call.request as never, context).then(
      (value) => {
        const ids = observed?.end(ports.takeLines);
        if (ids !== undefined) call.sendMetadata(addIds(new Metadata(), ids));
        callback(null, value);
      },
      (error: unknown) => {
        const status = tell(error, call.request, context, ports);
        const ids = observed?.end(ports.takeLines, error);
        if (ids !== undefined) addIds(status.metadata, ids);
        callback(status);
      },
    );
  };
}

function addIds(metadata: Metadata, ids: { readonly requestId: string; readonly traceId: string }) {
  metadata.set('x-request-id', ids.requestId);
  metadata.set('x-trace-id', ids.traceId);
  return metadata;
}

/** How a stream answers callers that want another form. */
export interface StreamForm {
  readonly isFor: (request: never, context: CallContext) => boolean;
  readonly toAnswer: (response: never) => object;
  /** A failure inside of the answer does not end the stream. */
  readonly toFailure: (request: never, sentence: string) => object;
}

/** A method that answers message after message, in order. A failure ends it, unless the caller's form has room for it. */
export function toStream(given: Handle, ports: HostPorts, form: StreamForm) {
  const handle = guard(given);
  return (call: ServerDuplexStream<unknown, unknown>): void => {
    const caller = toCaller(call);
    let last = Promise.resolve();
    let isOver = false;
    const answer = async (request: never): Promise<object | undefined> => {
      const observed = observeCall(ports.observe, caller.header);
      const context = toContext(caller, observed);
      const isOther = !((request as unknown) instanceof Unreadable) && form.isFor(request, context);
      try {
        const response = await handle(request, context);
        observed?.end(ports.takeLines);
        return isOther ? form.toAnswer(response as never) : response;
      } catch (error) {
        const status = tell(error, request, context, ports);
        observed?.end(ports.takeLines, error);
        if (isOther) return form.toFailure(request, status.details);
        isOver = true;
        call.emit('error', status);
        return undefined;
      }
    };
    call.on('data', (request: unknown) => {
      call.pause();
      last = last.then(async () => {
        if (isOver) return;
        const response = await answer(request as never);
        if (response === undefined) return;
        call.write(response);
        call.resume();
      });
    });
    call.on('end', () => void last.then(() => isOver || call.end()));
  };
}

function tell(error: unknown, request: unknown, { header, note }: CallContext, ports: HostPorts) {
  if (!isCoaiaError(error) && !(error instanceof TensorError)) ports.onDefect(error);
  const id = (request as { readonly id?: string }).id ?? '';
  const lines = header(TRACE) === '1' ? ports.takeLines(id) : undefined;
  if (lines !== undefined) note({ lines });
  const status = toStatus(error, lines && { lines });
  return { ...status, name: 'Error', message: status.details };
}
