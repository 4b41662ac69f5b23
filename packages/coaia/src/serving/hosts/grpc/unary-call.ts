/** One unary call of a client, as a promise. */
import { Metadata } from '@grpc/grpc-js';
import type { Client } from '@grpc/grpc-js';
import type { GrpcMethod } from '../protos/registry.ts';
import { fromStatus } from './grpc-status.ts';
import type { TextLine } from './grpc-status.ts';

export interface CallOptions {
  readonly metadata?: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
  /** Named in sentences. */
  readonly address: string;
  /** What the model printed before it failed, when the server tells. */
  readonly onLines?: (lines: readonly TextLine[]) => void;
}

/** Fails with our code for the status, see `fromStatus`; with the signal's reason when that was it. */
export function callUnary<Response>(
  client: Client,
  method: GrpcMethod,
  request: object,
  { metadata = {}, deadline, signal, address, onLines = () => {} }: CallOptions,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    const headers = new Metadata();
    for (const [name, value] of Object.entries(metadata)) headers.set(name, value);
    const call = client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      headers,
      deadline === undefined || !Number.isFinite(deadline) ? {} : { deadline },
      (error, value) => {
        signal?.removeEventListener('abort', onAbort);
        if (error === null) resolve(value as Response);
        else
          reject(
            signal?.aborted === true
              ? (signal.reason as Error)
              : fromStatus(error, address, onLines),
          );
      },
    );
    const onAbort = () => call.cancel();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
