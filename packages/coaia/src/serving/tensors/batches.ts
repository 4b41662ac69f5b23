/** Several callers' rows as one batch, and the answers apart again. */
import { isTyped } from './elements.ts';
import type { Batch, Datatype, NumberArray, Tensor, TensorData } from './tensor.ts';

/** True when the columns agree in names, order, datatypes and the shape of one row. */
export function canMerge(one: Batch, other: Batch): boolean {
  if (one.columns.length !== other.columns.length) return false;
  return one.columns.every((column, index) => {
    const match = other.columns[index];
    return (
      match !== undefined &&
      match.name === column.name &&
      match.datatype === column.datatype &&
      match.shape.length === column.shape.length &&
      match.shape.every((length, axis) => axis === 0 || length === column.shape[axis])
    );
  });
}

/** The rows of all batches, in order. Every two of them must be mergeable. */
export function mergeBatches(batches: readonly Batch[]): Batch {
  const [first] = batches;
  if (first === undefined) return { rows: 0, columns: [] };
  if (batches.length === 1) return first;
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const columns = first.columns.map((column, index) => ({
    ...column,
    shape: [rows, ...column.shape.slice(1)],
    data: join(column.datatype, batches, index, rows),
  }));
  return { rows, columns };
}

/** One column of all batches. Decimals without missing elements become one typed array, whatever each of them was. */
function join(
  datatype: Datatype,
  batches: readonly Batch[],
  index: number,
  rows: number,
): TensorData {
  if (datatype === 'FP64' && batches[0]?.columns[index]?.shape.length === 1) {
    const all = new Float64Array(rows);
    if (fill(all, batches, index)) return all;
  }
  return concat(batches.map((batch) => batch.columns[index]?.data ?? []));
}

/** False when an element is missing or no number. */
function fill(all: Float64Array, batches: readonly Batch[], index: number): boolean {
  let at = 0;
  for (const { columns } of batches) {
    const data = columns[index]?.data ?? [];
    for (const value of data) {
      if (typeof value !== 'number') return false;
      all[at] = value;
      at += 1;
    }
  }
  return at === all.length;
}

function concat(parts: readonly TensorData[]): TensorData {
  const [first] = parts;
  if (first === undefined || !isTyped(first)) return parts.flatMap((part) => [...part]);
  const isSame = parts.every((part) => part.constructor === first.constructor);
  if (!isSame) return parts.flatMap((part) => [...part]);
  const Maker = first.constructor as new (length: number) => NumberArray;
  const all = new Maker(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    // Of one kind all: numbers or all bigints.
    (all as { set(from: TensorData, offset: number): void }).set(part, at);
    at += part.length;
  }
  return all;
}

/** The outputs of each part of a batch, given how many rows each had. */
export function splitOutputs(
  outputs: readonly Tensor[],
  rowCounts: readonly number[],
): readonly (readonly Tensor[])[] {
  if (rowCounts.length === 1) return [outputs];
  let from = 0;
  return rowCounts.map((rows) => {
    const begin = from;
    from += rows;
    return outputs.map((tensor) => cut(tensor, begin, rows));
  });
}

function cut(tensor: Tensor, begin: number, rows: number): Tensor {
  const rest = tensor.shape.slice(1);
  const width = rest.reduce((product, length) => product * length, 1);
  const [from, to] = [begin * width, (begin + rows) * width];
  const { name, datatype, data } = tensor;
  return { name, datatype, shape: [rows, ...rest], data: slice(data, from, to) };
}

/** Elements up to which numbers are copied: a view would keep the whole answer of everybody alive. */
const FEW = 16;

function slice(data: TensorData, from: number, to: number): TensorData {
  if (!isTyped(data)) return data.slice(from, to);
  if (to - from > FEW || !(data instanceof Float64Array)) return data.subarray(from, to);
  return Array.from({ length: to - from }, (_, index) => data[from + index] ?? Number.NaN);
}
