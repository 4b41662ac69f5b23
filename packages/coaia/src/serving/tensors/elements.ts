/** How elements of each datatype lie in memory. */
import type { Datatype, NumberArray, TensorData, Value } from './tensor.ts';

type ArrayMaker = new (buffer: ArrayBuffer | number) => NumberArray;

/** FP16 is widened to 32 bits on reading; BOOL and BYTES are read into plain arrays. */
const ARRAYS: Readonly<Partial<Record<Datatype, ArrayMaker>>> = {
  UINT8: Uint8Array,
  UINT16: Uint16Array,
  UINT32: Uint32Array,
  UINT64: BigUint64Array,
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  INT64: BigInt64Array,
  FP32: Float32Array,
  FP64: Float64Array,
};

const SIZES: Readonly<Record<Datatype, number>> = {
  BOOL: 1,
  UINT8: 1,
  UINT16: 2,
  UINT32: 4,
  UINT64: 8,
  INT8: 1,
  INT16: 2,
  INT32: 4,
  INT64: 8,
  FP16: 2,
  FP32: 4,
  FP64: 8,
  BYTES: 0,
};

/** Bytes of one element; 0 for BYTES, whose elements have a length each. */
export function sizeOf(datatype: Datatype): number {
  return SIZES[datatype];
}

/** The typed array of a datatype; undefined for BOOL, FP16 and BYTES. */
export function arrayOf(datatype: Datatype): ArrayMaker | undefined {
  return ARRAYS[datatype];
}

export function isTyped(data: TensorData): data is NumberArray {
  return ArrayBuffer.isView(data);
}

/** The bytes behind a typed array, not copied. */
export function bytesOf(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * The quiet NaN by which R knows a missing double (low word 1954, R sources, arithmetic.c). To everybody else it is
 * an ordinary NaN.
 */
const MISSING_DOUBLE = 0x7f_f8_00_00_00_00_07_a2n;

/** Doubles as bytes; null becomes R's NA, which Python reads as NaN. */
export function toDoubles(data: readonly Value[]): Float64Array {
  const doubles = new Float64Array(data.length);
  let bits: BigUint64Array | undefined;
  for (const [index, value] of data.entries()) {
    if (value === null) {
      bits ??= new BigUint64Array(doubles.buffer);
      bits[index] = MISSING_DOUBLE;
    } else doubles[index] = Number(value);
  }
  return doubles;
}
