/** Models behind gRPC: our own host, or any server of the Open Inference Protocol v2. One channel for all of them. */
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import { Client, credentials, logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import type { ChannelCredentials } from '@grpc/grpc-js';
import { isCoaiaError } from '#base';
import { canMerge } from '../tensors/frame.ts';
import type { Batch } from '../tensors/tensor.ts';
import { createBatcher } from '../runtimes/batcher.ts';
import type { Batcher } from '../runtimes/batcher.ts';
import type { PredictOptions, Prediction, RuntimeInfo, WorkerLine } from '../runtimes/runtime.ts';
import { hostFailures } from './errors.ts';
import { TRACE } from './grpc/call.ts';
import type { TextLine } from './grpc/grpc-status.ts';
import { readIndex, readMetadata, toTolerant } from './grpc/model-metadata.ts';
import type { IndexResponse, MetadataResponse, ServedInfo } from './grpc/model-metadata.ts';
import { writeParameters } from './grpc/infer-message.ts';
import type { InferResponse } from './grpc/infer-message.ts';
import { PROPERTIES } from './grpc/inference-service.ts';
import { GATEWAY } from './grpc/observed-call.ts';
import { sendMerged } from './grpc/merged-call.ts';
import type { WaitingCall } from './grpc/merged-call.ts';
import { callUnary } from './grpc/unary-call.ts';
import type { LinkedModel, ModelLink, Target } from './link.ts';
import { methodsOf, serviceOf } from './protos/registry.ts';
import type { GrpcMethod } from './protos/registry.ts';

export interface GrpcLinkOptions {
  /** `127.0.0.1:50051` or `name:port`. */
  readonly address: string;
  /** PEM texts: the authority that signed the server's certificate, and what this client shows. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  /**
   * Requests that wait are merged, up to so many rows, with so many calls under way for each version. What the host
   * says of a version (its batches are not honest) wins.
   */
  readonly batch: {
    readonly enabled: boolean;
    readonly maxRows: number;
    readonly maxWaitMs: number;
    readonly maxQueue: number;
    /** Default 2: one is computed while the next one travels. */
    readonly lanes?: number;
  };
  /** Asked before the connection is made; throws when it may not be. */
  readonly egressCheck: (host: string, port: number) => void;
  /** For a host of ours that shares it: whoever opened this link tells of its predictions itself. */
  readonly token?: string;
  /** What models of our own host print while they answer this link. */
  readonly onLine?: (line: WorkerLine) => void;
}

const MAX_MESSAGE = 64 * 1024 * 1024;
const LIVE_MS = 2000;

/** Our own host tells more than the protocol has room for. */
const ASKING = { metadata: { [PROPERTIES]: '1' } };

const OPTIONS = {
  'grpc.max_receive_message_length': MAX_MESSAGE,
  'grpc.max_send_message_length': MAX_MESSAGE,
  // A host that restarts is found again soon, and what failed is told at once.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2000,
  'grpc.enable_retries': 0,
  // Nothing between us and the address but what the user set.
  'grpc.enable_http_proxy': 0,
  'grpc.service_config_disable_resolution': 1,
  'grpc.use_local_subchannel_pool': 1,
};

/** Connects at the first call. AO472 for certificates; failures of calls are those of `ModelLink`, and AO473. */
export function openGrpcLink(options: GrpcLinkOptions): ModelLink {
  const { host, port } = splitAddress(options.address);
  options.egressCheck(host, port);
  setLogVerbosity(logVerbosity.NONE);
  return new GrpcLink({ ...options, host });
}

/** What is known of a version. */
interface Known {
  /** False until the host has answered, so that nothing waits for it. */
  canMerge: boolean;
  readonly batcher: Batcher<WaitingCall, Prediction>;
}

class GrpcLink implements ModelLink {
  readonly kind = 'grpc';
  readonly #options: GrpcLinkOptions;
  readonly #client: Client;
  readonly #methods: Readonly<Record<string, GrpcMethod>>;
  readonly #known = new Map<string, Known>();
  /** Metadata of every prediction. */
  readonly #marks: Readonly<Record<string, string>>;

  constructor(options: GrpcLinkOptions & { readonly host: string }) {
    this.#options = options;
    const { token } = options;
    this.#marks = { [TRACE]: '1', ...(token === undefined ? {} : { [GATEWAY]: token }) };
    const isNumber = options.tls !== undefined && isIP(options.host) !== 0;
    const name = isNumber ? { 'grpc.ssl_target_name_override': 'localhost' } : {};
    this.#client = new Client(options.address, toCredentials(options), { ...OPTIONS, ...name });
    const methods = methodsOf(serviceOf('inference.GRPCInferenceService'));
    const { ModelMetadata } = methods;
    this.#methods =
      ModelMetadata === undefined
        ? methods
        : { ...methods, ModelMetadata: toTolerant(ModelMetadata) };
  }

  async list(): Promise<readonly LinkedModel[]> {
    try {
      return readIndex(await this.#call<IndexResponse>('RepositoryIndex', {}, ASKING));
    } catch (error) {
      // The protocol itself has no such call; servers without it serve what they were started with.
      if (isCoaiaError(error) && error.code === 'AO473') return [];
      throw error;
    }
  }

  async info(target: Target): Promise<RuntimeInfo> {
    return (await this.#describe(target)).info;
  }

  async #describe({ model, version = '' }: Target): Promise<ServedInfo> {
    const request = { name: model, version };
    const response = await this.#call<MetadataResponse>('ModelMetadata', request, ASKING);
    return readMetadata(response, version);
  }

  async predict(target: Target, batch: Batch, options: PredictOptions): Promise<Prediction> {
    const known = this.#knownOf(target);
    const item = { batch, options };
    if (known.canMerge && options.operation !== 'explain') {
      const { signal, deadline = Number.POSITIVE_INFINITY } = options;
      return known.batcher.run(item, { signal, deadline });
    }
    const [outcome = { error: new TypeError('no answer') }] = await this.#send(
      target,
      [item],
      options.deadline,
    );
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  async load(target: Target): Promise<void> {
    await this.#change('RepositoryModelLoad', target);
  }

  async unload(target: Target): Promise<void> {
    await this.#change('RepositoryModelUnload', target);
  }

  async isReady({ model, version = '' }: Target): Promise<boolean> {
    const options = { deadline: Date.now() + LIVE_MS };
    const request = { name: model, version };
    return (await this.#call<{ readonly ready: boolean }>('ModelReady', request, options)).ready;
  }

  async isLive(): Promise<boolean> {
    try {
      const options = { deadline: Date.now() + LIVE_MS };
      return (await this.#call<{ readonly live: boolean }>('ServerLive', {}, options)).live;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    const error = hostFailures.create('AO475', 'The gateway is shutting down.');
    for (const { batcher } of this.#known.values()) batcher.fail(error);
    this.#client.close();
  }

  #knownOf(target: Target): Known {
    const key = `${target.model}/${target.version ?? ''}`;
    const before = this.#known.get(key);
    if (before !== undefined) return before;
    const { batch } = this.#options;
    const known: Known = {
      canMerge: false,
      batcher: createBatcher({
        ...batch,
        lanes: batch.lanes ?? 2,
        rowsOf: (item) => item.batch.rows,
        canMerge: (one, other) => canMerge(one.batch, other.batch),
        send: (items, { deadline }) => this.#send(target, items, deadline),
      }),
    };
    this.#known.set(key, known);
    this.#describe(target).then(
      (told) => {
        known.canMerge = batch.enabled && told.canMerge;
      },
      () => this.#known.delete(key),
    );
    return known;
  }

  #send(target: Target, items: readonly WaitingCall[], deadline: number | undefined) {
    const onLines = (lines: readonly TextLine[], requestId: string | undefined) =>
      this.#tell(target, lines, requestId);
    const alone = items.length === 1 ? items[0]?.options.requestId : undefined;
    const marks = this.#marks;
    return sendMerged(
      {
        infer: (request, { traceparent, ...options }) =>
          this.#call<InferResponse>('ModelInfer', request, {
            ...options,
            metadata: traceparent === undefined ? marks : { ...marks, traceparent },
            onLines: (lines) => onLines(lines, alone),
          }),
        onLines,
      },
      target,
      items,
      deadline,
    );
  }

  #tell({ model, version = '' }: Target, lines: readonly TextLine[], requestId?: string): void {
    const id = requestId === undefined ? {} : { requestId };
    for (const line of lines) this.#options.onLine?.({ ...line, model, version, ...id });
  }

  async #change(method: string, { model, version }: Target): Promise<void> {
    const parameters = version === undefined ? {} : writeParameters({ version });
    await this.#call(method, { modelName: model, parameters });
  }

  #call<Response>(
    name: string,
    request: object,
    options: Omit<Parameters<typeof callUnary>[3], 'address'> = {},
  ): Promise<Response> {
    const method = this.#methods[name];
    if (method === undefined) throw new TypeError(`no method ${name}`);
    const { address } = this.#options;
    return callUnary<Response>(this.#client, method, request, { ...options, address });
  }
}

/** TLS has no names for numbers: with an IP address another name is sent, and the address is what is checked. */
function toCredentials({
  address,
  host,
  tls,
}: GrpcLinkOptions & { readonly host: string }): ChannelCredentials {
  if (tls === undefined) return credentials.createInsecure();
  const [ca, key, cert] = [tls.ca, tls.key, tls.cert].map((pem) =>
    pem === undefined ? null : Buffer.from(pem),
  );
  try {
    if (isIP(host) === 0) return credentials.createSsl(ca, key, cert);
    return credentials.createSsl(ca, key, cert, {
      checkServerIdentity: (_name, shown) => checkServerIdentity(host, shown),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw hostFailures.create(
      'AO472',
      `The certificates for ${address} cannot be used: ${reason}`,
      {
        hint: 'ao config link.tls',
        cause: error,
      },
    );
  }
}

/** `[::1]:50051` has brackets. */
function splitAddress(address: string): { readonly host: string; readonly port: number } {
  const found = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/u.exec(address);
  const host = found?.[1] ?? found?.[2];
  if (host === undefined)
    throw hostFailures.create('AO471', `"${address}" is no address; write HOST:PORT.`, {
      hint: 'ao config link.address',
    });
  return { host, port: Number(found?.[3]) };
}
