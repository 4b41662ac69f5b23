/** Columns of many predictions of the same form, one behind the other; how they are written is in `growing-layouts.ts`. */
import type { Batch, Tensor, TensorData, Value } from '../../tensors/tensor.ts';

/** How a column is kept: doubles, floats, or JSON for everything that is not a plain number. */
export type Storage = 'f64' | 'f32' | 'json';

export interface LayoutColumn {
  readonly name: string;
  readonly datatype: Tensor['datatype'];
  /** Shape without the rows. */
  readonly inner: readonly number[];
  readonly storage: Storage;
  readonly length: number;
  /** For `json`: the elements. Whole numbers that a double cannot hold are texts. */
  readonly values?: readonly Value[];
}

/** Predictions with the same names, datatypes and inner shapes share a layout. */
export interface Layout {
  readonly columns: readonly LayoutColumn[];
  readonly rows: number;
}

/** Reads the columns of a stored layout; rows are then cut out with `sliceLayout`. */
export function openLayout(
  { rows, columns }: Layout,
  readTail: (bytes: number) => Uint8Array,
): Batch {
  return {
    rows,
    columns: columns.map(({ name, datatype, inner, storage, length, values = [] }) => ({
      name,
      datatype,
      shape: [rows, ...inner],
      data: storage === 'json' ? values : readNumbers(storage, length, readTail),
    })),
  };
}

function readNumbers(
  storage: 'f64' | 'f32',
  length: number,
  readTail: (bytes: number) => Uint8Array,
) {
  // A copy, because the place in the segment is not aligned.
  const bytes = new Uint8Array(readTail(length * (storage === 'f64' ? 8 : 4)));
  return storage === 'f64' ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer);
}

/** Rows `from` to `from + rows` of a batch. */
export function sliceBatch(batch: Batch, from: number, rows: number): Batch {
  return {
    rows,
    columns: batch.columns.map((column) => {
      const width = column.shape.slice(1).reduce((product, size) => product * size, 1);
      const data = column.data.slice(from * width, (from + rows) * width) as TensorData;
      return { ...column, shape: [rows, ...column.shape.slice(1)], data };
    }),
  };
}
