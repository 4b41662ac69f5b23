/** Between tensors of the protocol and what people read and write. */
import type { Batch, NumberArray, Tensor, Value } from '../tensors/tensor.ts';
import type { Field, Row, Signature } from './signature.ts';

/**
 * Columns by name out of tensors, for `readColumns`. `[n]`, `[n, 1]` and the shape of the field are taken; a single
 * tensor `[n, k]` stands for k inputs in their order, as clients of arrays send it.
 */
export function toColumns(
  { rows, columns }: Batch,
  { inputs }: Signature,
): Readonly<Record<string, ArrayLike<unknown>>> {
  const [only] = columns;
  if (only !== undefined && columns.length === 1 && isMatrix(only, rows, inputs))
    return Object.fromEntries(
      inputs.map(({ name }, at) => [name, toStride(only, at, inputs.length)]),
    );
  return Object.fromEntries(columns.map((tensor) => [tensor.name, toValues(tensor, rows)]));
}

function isMatrix(tensor: Tensor, rows: number, inputs: readonly Field[]): boolean {
  if (inputs.some(({ name }) => name === tensor.name) || inputs.length < 2) return false;
  return (
    inputs.every(({ shape }) => shape.length === 0) && tensor.data.length === rows * inputs.length
  );
}

function toStride({ data }: Tensor, start: number, step: number): readonly unknown[] {
  return Array.from({ length: data.length / step }, (_, row) => data[start + row * step]);
}

function toValues({ data }: Tensor, rows: number): ArrayLike<unknown> {
  if (data.length === rows || rows === 0) return data;
  const size = data.length / rows;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: size }, (_one, index) => data[row * size + index]),
  );
}

/** Outputs as rows: one member for each tensor, lists nested by shape; NaN is null, whole numbers of 64 bits plain. */
export function toRows(outputs: readonly Tensor[], signature?: Signature): readonly Row[] {
  const rows = outputs[0]?.shape[0] ?? 0;
  const readers = outputs.map((tensor) => ({
    name: tensor.name,
    read: toCell(
      tensor,
      signature?.outputs.find(({ name }) => name === tensor.name),
    ),
  }));
  const all: Row[] = [];
  for (let row = 0; row < rows; row++)
    all.push(Object.fromEntries(readers.map(({ name, read }) => [name, read(row)])));
  return all;
}

function toCell(tensor: Tensor, field: Field | undefined): (row: number) => unknown {
  const { data, shape } = tensor;
  const inner = shape.slice(1);
  const size = inner.reduce((all, one) => all * one, 1);
  const isSingle =
    size === 1 && (field === undefined ? inner.length === 0 : field.shape.length === 0);
  if (isSingle) return (row) => toPlain(data[row], field);
  return (row) => nest(data, row * size, inner, field);
}

function nest(
  data: NumberArray | readonly Value[],
  start: number,
  shape: readonly number[],
  field: Field | undefined,
): unknown {
  const [length = 0] = shape;
  const list: unknown[] = [];
  if (shape.length <= 1) {
    for (let index = 0; index < length; index++) list.push(toPlain(data[start + index], field));
    return list;
  }
  const inner = shape.slice(1);
  const size = inner.reduce((all, one) => all * one, 1);
  for (let index = 0; index < length; index++)
    list.push(nest(data, start + index * size, inner, field));
  return list;
}

/** JSON knows no NaN and no whole numbers beyond 2^53; the latter stay exact as text. */
function toPlain(value: Value | undefined, field: Field | undefined): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  if (typeof value === 'number') return field?.type === 'boolean' ? value !== 0 : value;
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
}
