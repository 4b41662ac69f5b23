/** InferTensorContents: a tensor's data as typed elements. */
import { arrayOf } from '../../tensors/elements.ts';
import { readText } from '../../tensors/binary.ts';
import { TensorError } from '../../tensors/frame.ts';
import type { Datatype, TensorData, Value } from '../../tensors/tensor.ts';

export interface InferContents {
  readonly boolContents?: readonly boolean[];
  readonly intContents?: readonly number[];
  readonly int64Contents?: readonly bigint[];
  readonly uintContents?: readonly number[];
  readonly uint64Contents?: readonly bigint[];
  readonly fp32Contents?: readonly number[];
  readonly fp64Contents?: readonly number[];
  readonly bytesContents?: readonly Uint8Array[];
}

const FIELDS: Readonly<Record<Exclude<Datatype, 'FP16'>, keyof InferContents>> = {
  BOOL: 'boolContents',
  INT8: 'intContents',
  INT16: 'intContents',
  INT32: 'intContents',
  INT64: 'int64Contents',
  UINT8: 'uintContents',
  UINT16: 'uintContents',
  UINT32: 'uintContents',
  UINT64: 'uint64Contents',
  FP32: 'fp32Contents',
  FP64: 'fp64Contents',
  BYTES: 'bytesContents',
};

/** The elements that stand in the field of the datatype; none when there are no contents. */
export function readContents(
  name: string,
  datatype: Datatype,
  contents: InferContents | undefined,
): TensorData {
  if (datatype === 'FP16') throw new TensorError(`${name}: FP16 travels in raw contents only.`);
  const values = contents?.[FIELDS[datatype]] ?? [];
  if (datatype === 'BYTES')
    return (values as readonly Uint8Array[]).map((bytes) => readText(name, Buffer.from(bytes)));
  const Maker = arrayOf(datatype);
  if (Maker === undefined) return values as readonly boolean[];
  const array = new Maker(values.length) as unknown as { set(from: readonly unknown[]): void };
  array.set(values);
  return array as unknown as TensorData;
}

/** Missing elements are written as zero, NaN or empty text; the tensor's parameters say where. */
export function writeContents(
  datatype: Exclude<Datatype, 'FP16'> | Datatype,
  data: TensorData,
): InferContents {
  if (datatype === 'FP16') return {};
  const values = data as readonly Value[];
  return { [FIELDS[datatype]]: Array.from(values, writerOf(datatype)) };
}

function writerOf(datatype: Datatype): (value: Value) => unknown {
  switch (datatype) {
    case 'BOOL':
      return (value) => value === true || value === 1;
    case 'BYTES':
      return (value) => Buffer.from(String(value ?? ''));
    case 'INT64':
    case 'UINT64':
      return (value) => BigInt(value ?? 0);
    case 'FP32':
    case 'FP64':
      return (value) => (value === null ? Number.NaN : Number(value));
    default:
      return (value) => Number(value ?? 0);
  }
}
