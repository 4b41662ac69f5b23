/** Columns of many predictions of the same form, one behind the other. */
import type { Batch, Tensor, TensorData, Value } from '../../tensors/tensor.ts';

/** How a column is kept: doubles, floats, or JSON for everything that is not a plain number. */
type Storage = 'f64' | 'f32' | 'json';

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

interface Growing {
  readonly name: string;
  readonly datatype: Tensor['datatype'];
  readonly inner: readonly number[];
  readonly parts: TensorData[];
  length: number;
}

interface GrowingLayout {
  readonly columns: readonly Growing[];
  rows: number;
}

/** Gathers columns; `add` answers which layout the prediction is in. */
export function createLayouts() {
  const layouts: GrowingLayout[] = [];
  const numbers = new Map<string, number>();
  let lastKey = '';
  let last = -1;
  return {
    layouts,
    add(columns: readonly Tensor[], rows: number): number {
      const key = toKey(columns);
      if (key !== lastKey) {
        lastKey = key;
        last = numbers.get(key) ?? layouts.push({ columns: columns.map(toGrowing), rows: 0 }) - 1;
        numbers.set(key, last);
      }
      const layout = layouts[last];
      if (layout === undefined) return last;
      layout.rows += rows;
      for (let index = 0; index < columns.length; index++) {
        const data = columns[index]?.data ?? [];
        const column = layout.columns[index];
        column?.parts.push(data);
        if (column !== undefined) column.length += data.length;
      }
      return last;
    },
  };
}

function toKey(columns: readonly Tensor[]): string {
  let key = '';
  for (const { name, datatype, shape } of columns) {
    key += `${name}\u0000${datatype}`;
    for (let index = 1; index < shape.length; index++) key += `,${shape[index]}`;
    key += '\u0001';
  }
  return key;
}

const toGrowing = ({ name, datatype, shape }: Tensor): Growing => ({
  name,
  datatype,
  inner: shape.slice(1),
  parts: [],
  length: 0,
});

/** The layout as it is stored, its numbers appended to `tails`. */
export function closeLayout(layout: GrowingLayout, tails: Uint8Array[]): Layout {
  return { rows: layout.rows, columns: layout.columns.map((column) => close(column, tails)) };
}

function close(
  { name, datatype, inner, parts, length }: Growing,
  tails: Uint8Array[],
): LayoutColumn {
  const place = { name, datatype, inner, length };
  const storage: Storage = datatype === 'FP32' ? 'f32' : 'f64';
  const numbers = storage === 'f32' ? new Float32Array(length) : new Float64Array(length);
  if (fill(numbers, parts)) {
    tails.push(new Uint8Array(numbers.buffer));
    return { ...place, storage };
  }
  return {
    ...place,
    storage: 'json',
    values: parts.flatMap((part) => Array.from(part, toJsonValue)),
  };
}

/** False when an element is no plain number. */
function fill(target: Float64Array | Float32Array, parts: readonly TensorData[]): boolean {
  let place = 0;
  for (const part of parts) {
    for (const value of part) {
      if (typeof value !== 'number') return false;
      target[place++] = value;
    }
  }
  return true;
}

function toJsonValue(value: Value): Value {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
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
