/** What a handler knows of a call, and how its answer or failure goes out. */
import type { sendUnaryData, ServerDuplexStream, ServerUnaryCall } from '@grpc/grpc-js';
import { createId } from '#base';
import type { PredictOptions } from '../../runtimes/runtime.ts';
import { hostFailures } from '../errors.ts';
import { toStatus } from './grpc-status.ts';

type AnyCall = ServerUnaryCall<unknown, unknown> | ServerDuplexStream<unknown, unknown>;

export interface CallContext {
  /** Text metadata by lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** For the link. A request may carry an id of its own. */
  readonly options: (requestId: string) => PredictOptions;
}

export function toContext(call: AnyCall): CallContext {
  const abort = new AbortController();
  call.once('cancelled', () =>
    abort.abort(hostFailures.create('AO476', 'The call was cancelled by its caller.')),
  );
  const { signal } = abort;
  const header = (name: string) => {
    const [value] = call.metadata.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const traceparent = header('traceparent');
  const deadline = Number(call.getDeadline());
  return {
    header,
    options: (requestId) => ({
      requestId: requestId === '' ? (header('x-request-id') ?? createId()) : requestId,
      ...(traceparent === undefined ? {} : { traceparent }),
      ...(Number.isFinite(deadline) ? { deadline } : {}),
      signal,
    }),
  };
}

export type Handle = (request: never, context: CallContext) => Promise<object>;

/** A unary method of grpc-js. `onDefect` hears of errors that are none of ours. */
export function toUnary(handle: Handle, onDefect: (error: unknown) => void) {
  return (call: ServerUnaryCall<unknown, unknown>, callback: sendUnaryData<object>): void => {
    handle(call.request as never, toContext(call)).then(
      (value) => callback(null, value),
      (error: unknown) => callback(tell(error, onDefect)),
    );
  };
}

/** A method that answers message after message, in order. A failure ends it. */
export function toStream(handle: Handle, onDefect: (error: unknown) => void) {
  return (call: ServerDuplexStream<unknown, unknown>): void => {
    const context = toContext(call);
    let last = Promise.resolve();
    let isOver = false;
    const fail = (error: unknown) => {
      isOver = true;
      call.emit('error', tell(error, onDefect));
    };
    call.on('data', (request: unknown) => {
      call.pause();
      last = last.then(async () => {
        if (isOver) return;
        try {
          call.write(await handle(request as never, context));
          call.resume();
        } catch (error) {
          fail(error);
        }
      });
    });
    call.on('end', () => void last.then(() => isOver || call.end()));
  };
}

function tell(error: unknown, onDefect: (error: unknown) => void) {
  const status = toStatus(error);
  if (status.metadata.get('coaia-code').length === 0) onDefect(error);
  return { ...status, name: 'Error', message: status.details };
}
