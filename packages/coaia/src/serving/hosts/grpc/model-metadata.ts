/** What a server of the protocol says of its models, in our words. */
import { BinaryReader } from '@bufbuild/protobuf/wire';
import type { GrpcMethod } from '../protos/registry.ts';
import type { RuntimeHealth, RuntimeInfo, RuntimeState } from '../../runtimes/runtime.ts';
import type { Signature } from '../../signatures/signature.ts';
import type { LinkedModel } from '../link.ts';

/** Number of `properties`, which some servers fill with messages instead of texts. */
const PROPERTIES_FIELD = 6;

/** Reads the answer of any server: what is no map of texts in field 6 is left out. */
export function toTolerant(method: GrpcMethod): GrpcMethod {
  const { responseDeserialize } = method;
  return {
    ...method,
    responseDeserialize(bytes) {
      try {
        return responseDeserialize(bytes);
      } catch {
        return responseDeserialize(withoutField(bytes, PROPERTIES_FIELD));
      }
    },
  };
}

function withoutField(bytes: Uint8Array, dropped: number): Uint8Array {
  const reader = new BinaryReader(bytes);
  const kept: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, wire] = reader.tag();
    reader.skip(wire, field);
    if (field !== dropped) kept.push(bytes.subarray(start, reader.pos));
  }
  return Buffer.concat(kept);
}

interface TensorMetadata {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly bigint[];
}

export interface MetadataResponse {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: string;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
  readonly properties: Readonly<Record<string, string>>;
}

export interface IndexResponse {
  readonly models: readonly {
    readonly name: string;
    readonly version: string;
    readonly state: string;
    readonly reason: string;
  }[];
}

export interface ServedInfo {
  readonly info: RuntimeInfo;
  /** Rows of several callers may be sent together. */
  readonly canMerge: boolean;
}

/** Our own host tells the signature and whether batches are honest; of another server only tensors are known. */
export function readMetadata(response: MetadataResponse, version: string): ServedInfo {
  const { properties } = response;
  const signature = parse(properties['coaia.signature']) as Signature | undefined;
  const batch = parse(properties['coaia.batch']) as { readonly enabled?: boolean } | undefined;
  const toTensor = ({ name, datatype, shape }: TensorMetadata) => ({
    name,
    datatype,
    shape: shape.map(Number),
  });
  const inputs = response.inputs.map(toTensor);
  return {
    info: {
      model: response.name,
      version:
        properties['coaia.version'] ??
        (version === '' ? (response.versions.at(-1) ?? '') : version),
      platform: response.platform,
      signature,
      inputs,
      outputs: response.outputs.map(toTensor),
    },
    canMerge: batch?.enabled ?? takesAnyRows(inputs),
  };
}

/** A first length that is fixed says that the server takes exactly so many rows; without inputs it says nothing. */
export const takesAnyRows = (inputs: RuntimeInfo['inputs']): boolean =>
  inputs.length > 0 && inputs.every(({ shape }) => shape[0] === -1);

function parse(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

const STATES = new Map<string, RuntimeState>([
  ['READY', 'ready'],
  ['LOADING', 'loading'],
  ['UNLOADING', 'unloaded'],
]);

export function readIndex({ models }: IndexResponse): readonly LinkedModel[] {
  return models.map(({ name, version, state, reason }) => ({
    model: name,
    ...(version === '' ? {} : { version }),
    health: readHealth(state, reason),
  }));
}

/** Of our own host everything, as JSON in the reason; of another server its state, MLServer's as `State.READY`. */
function readHealth(state: string, reason: string): RuntimeHealth {
  if (reason.startsWith('{"state":')) return JSON.parse(reason) as RuntimeHealth;
  const isIdle = reason === '' || reason === 'unloaded';
  return {
    state: STATES.get(state.replace(/^State\./u, '')) ?? (isIdle ? 'unloaded' : 'failed'),
    ...(isIdle ? {} : { reason }),
    workers: 0,
    busy: 0,
    queued: 0,
    restarts: 0,
    bytes: undefined,
  };
}
