/** Requests of several callers as one ModelInfer, and the answer apart again. */
import type { Batch } from '../../tensors/tensor.ts';
import { mergeBatches, splitOutputs, TensorError } from '../../tensors/frame.ts';
import type { Outcome } from '../../runtimes/batcher.ts';
import type { PredictOptions, Prediction } from '../../runtimes/runtime.ts';
import { isCoaiaError } from '#base';
import { hostFailures } from '../errors.ts';
import { readParameters, readTensors, writeParameters, writeTensors } from './infer-message.ts';
import type { InferRequest, InferResponse, Parameter } from './infer-message.ts';
import type { Target } from '../link.ts';
import type { TextLine } from './grpc-status.ts';

export interface WaitingCall {
  readonly batch: Batch;
  readonly options: PredictOptions;
}

/** What a request needs on its way. */
export interface SendPorts {
  readonly infer: (
    request: InferRequest,
    options: Pick<PredictOptions, 'signal' | 'deadline' | 'traceparent'>,
  ) => Promise<InferResponse>;
  /** What the model printed; lines of merged requests belong to none of them. */
  readonly onLines: (lines: readonly TextLine[], requestId: string | undefined) => void;
}

/** Parameter of a request that asks for explanations; the protocol has no call for them. */
export const OPERATION = 'coaia_operation';

/** Failures that one caller's rows may have caused: the others are asked again without them. */
const BY_ROWS: ReadonlySet<string> = new Set(['AO422', 'AO450', 'AO474']);

/** One answer for each call, in order. */
export async function sendMerged(
  ports: SendPorts,
  target: Target,
  calls: readonly WaitingCall[],
  deadline: number | undefined,
): Promise<readonly Outcome<Prediction>[]> {
  try {
    return await sendOnce(ports, target, calls, deadline);
  } catch (error_) {
    const error = error_ as Error;
    if (calls.length === 1 || !(isCoaiaError(error) && BY_ROWS.has(error.code)))
      return calls.map(() => ({ error }));
    const alone = calls.map((call) => sendMerged(ports, target, [call], call.options.deadline));
    return (await Promise.all(alone)).flat();
  }
}

async function sendOnce(
  ports: SendPorts,
  target: Target,
  calls: readonly WaitingCall[],
  deadline: number | undefined,
): Promise<readonly Outcome<Prediction>[]> {
  const began = performance.now();
  const counts = calls.map(({ batch }) => batch.rows);
  const signal = whenAllAborted(calls.map(({ options }) => options.signal));
  const traceparent = calls[0]?.options.traceparent;
  const response = await ports.infer(toRequest(target, calls), {
    ...(signal === undefined ? {} : { signal }),
    ...(deadline === undefined ? {} : { deadline }),
    ...(traceparent === undefined ? {} : { traceparent }),
  });
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const lines = readList(readParameters(response.parameters)['coaia_lines']) as readonly TextLine[];
  if (lines.length > 0)
    ports.onLines(lines, calls.length === 1 ? calls[0]?.options.requestId : undefined);
  const told = readTold(response, rows, performance.now() - began);
  return splitOutputs(readOutputs(response, rows), counts).map((outputs) => ({
    value: { outputs, ...told },
  }));
}

function toRequest({ model, version = '' }: Target, calls: readonly WaitingCall[]): InferRequest {
  const { columns } = mergeBatches(calls.map(({ batch }) => batch));
  const { messages, raw } = writeTensors(columns, 'raw');
  return {
    modelName: model,
    modelVersion: version,
    id: calls.map(({ options }) => options.requestId).join(','),
    parameters:
      calls[0]?.options.operation === 'explain' ? writeParameters({ [OPERATION]: 'explain' }) : {},
    inputs: messages,
    outputs: [],
    rawInputContents: raw,
  };
}

/** Aborted when nobody waits any more; undefined when somebody cannot leave. */
function whenAllAborted(signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const there = signals.filter((signal) => signal !== undefined);
  if (there.length < signals.length) return undefined;
  const [first] = there;
  if (there.length === 1) return first;
  const abort = new AbortController();
  let left = there.length;
  const onAbort = (event: Event) => {
    left -= 1;
    if (left === 0) abort.abort((event.target as AbortSignal).reason);
  };
  for (const signal of there) signal.addEventListener('abort', onAbort, { once: true });
  return abort.signal;
}

function readOutputs(response: InferResponse, rows: number) {
  try {
    const tensors = readTensors(response.outputs, response.rawOutputContents);
    const odd = tensors.find(({ shape }) => shape[0] !== rows);
    if (odd === undefined) return tensors;
    throw new TensorError(
      `${odd.name}: shape [${odd.shape.join(', ')}] does not begin with the ${rows} rows that were asked.`,
    );
  } catch (error) {
    if (!(error instanceof TensorError)) throw error;
    throw hostFailures.create('AO473', `The answer cannot be read: ${error.message}`, {
      cause: error,
    });
  }
}

/** What our own host adds to an answer; another server leaves the time of the whole call. */
function readTold(
  response: InferResponse,
  rows: number,
  totalMs: number,
): Pick<Prediction, 'timings' | 'warnings'> {
  const told = readParameters(response.parameters);
  const hostMs = toNumber(told['coaia_host_ms']);
  return {
    warnings: readList(told['coaia_warnings']).map(String),
    timings: {
      queueMs: toNumber(told['coaia_queue_ms']) ?? 0,
      workerMs: toNumber(told['coaia_worker_ms']) ?? totalMs,
      ...(hostMs === undefined ? {} : { hostMs }),
      batchRows: toNumber(told['coaia_batch_rows']) ?? rows,
    },
  };
}

const toNumber = (value: Parameter | undefined) => (typeof value === 'number' ? value : undefined);

function readList(value: Parameter | undefined): readonly unknown[] {
  if (typeof value !== 'string') return [];
  const list: unknown = JSON.parse(value);
  return Array.isArray(list) ? list : [];
}
