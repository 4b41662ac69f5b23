/** What Triton calls the configuration of a model, as far as there is one here. Names and numbers are Triton's. */
import type { RuntimeInfo } from '../runtimes/runtime.ts';
import type { VersionManifest } from '../versions/version.ts';

/** Of `DataType` in the order of its numbers. BYTES is TYPE_STRING there. */
const TYPES = [
  'TYPE_INVALID',
  'TYPE_BOOL',
  'TYPE_UINT8',
  'TYPE_UINT16',
  'TYPE_UINT32',
  'TYPE_UINT64',
  'TYPE_INT8',
  'TYPE_INT16',
  'TYPE_INT32',
  'TYPE_INT64',
  'TYPE_FP16',
  'TYPE_FP32',
  'TYPE_FP64',
  'TYPE_STRING',
  'TYPE_BF16',
] as const;

interface ConfigTensor {
  readonly name: string;
  readonly data_type: (typeof TYPES)[number];
  /** With the first length, which counts rows: -1 is any. */
  readonly dims: readonly number[];
  readonly optional?: boolean;
}

/** In the words of Triton's JSON. `max_batch_size` 0 says that `dims` are whole shapes. */
export interface ModelConfig {
  readonly name: string;
  readonly platform: string;
  readonly max_batch_size: 0;
  readonly input: readonly ConfigTensor[];
  readonly output: readonly ConfigTensor[];
  readonly dynamic_batching?: {
    readonly preferred_batch_size: readonly number[];
    readonly max_queue_delay_microseconds: number;
  };
}

export function toModelConfig(
  { model, platform, inputs, outputs, signature }: RuntimeInfo,
  batch: VersionManifest['batch'] | undefined,
): ModelConfig {
  const isOptional = (name: string) =>
    signature?.inputs.some((field) => field.name === name && !field.required) === true;
  return {
    name: model,
    platform,
    max_batch_size: 0,
    input: inputs.map((tensor) => ({
      ...toTensor(tensor),
      ...(isOptional(tensor.name) ? { optional: true } : {}),
    })),
    output: outputs.map(toTensor),
    ...(batch?.enabled === true
      ? {
          dynamic_batching: {
            preferred_batch_size: [batch.maxRows],
            max_queue_delay_microseconds: Math.round(batch.maxWaitMs * 1000),
          },
        }
      : {}),
  };
}

function toTensor({ name, datatype, shape }: RuntimeInfo['inputs'][number]): ConfigTensor {
  const type = datatype === 'BYTES' ? 'TYPE_STRING' : `TYPE_${datatype}`;
  const known = TYPES.find((one) => one === type);
  return { name, data_type: known ?? 'TYPE_INVALID', dims: shape };
}

/** As `inference.ModelConfig`. */
export function toConfigMessage(config: ModelConfig): object {
  const { dynamic_batching: batching } = config;
  const write = ({ name, data_type, dims, optional = false }: ConfigTensor) => ({
    name,
    dataType: TYPES.indexOf(data_type),
    dims: dims.map(BigInt),
    optional,
  });
  return {
    name: config.name,
    platform: config.platform,
    input: config.input.map(write),
    output: config.output.map(write),
    ...(batching === undefined
      ? {}
      : {
          dynamicBatching: {
            preferredBatchSize: batching.preferred_batch_size,
            maxQueueDelayMicroseconds: BigInt(batching.max_queue_delay_microseconds),
          },
        }),
  };
}
