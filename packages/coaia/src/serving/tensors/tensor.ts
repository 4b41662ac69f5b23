/**
 * Named columns of values, the one form in which rows travel between gateway, host and worker. Names and datatypes
 * are those of the Open Inference Protocol v2.
 */

/** Datatypes of the Open Inference Protocol. */
export const DATATYPES = [
  'BOOL',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FP16',
  'FP32',
  'FP64',
  'BYTES',
] as const;

export type Datatype = (typeof DATATYPES)[number];

export type NumberArray =
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** One element of a column; null is a missing value (NA, None). */
export type Value = number | bigint | string | boolean | null;

/** Elements in row-major order. Plain arrays may hold null; typed arrays hold no missing values but NaN. */
export type TensorData = NumberArray | readonly Value[];

/** One named column. The first length of the shape is the number of rows; all tensors of a batch share it. */
export interface Tensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** Rows as columns. */
export interface Batch {
  readonly rows: number;
  readonly columns: readonly Tensor[];
}
