/** Outputs of a model as JSON values: whole rows, or the one column that people mean by "the prediction". */
import { toRows } from '../signatures/tensor-rows.ts';
import type { Tensor, Value } from '../tensors/tensor.ts';
import type { Signature } from '../signatures/signature.ts';

/** JSON has no limit for whole numbers; JavaScript has. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

/** A value as JSON.stringify can write it; bigints beyond 2^53 keep all their digits. */
export function toJsonValue(value: Value): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : rawJSON(String(value));
}

/** One value for each row; rows of several elements are nested lists. */
export function toValues({ data, shape }: Tensor): readonly unknown[] {
  const rows = shape[0] ?? data.length;
  const inner = shape.slice(1);
  const size = inner.reduce((product, length) => product * length, 1);
  if (size === 1 && inner.length <= 1) return Array.from(data as ArrayLike<Value>, toJsonValue);
  return Array.from({ length: rows }, (_, row) => nest(data, inner, row * size));
}

function nest(data: Tensor['data'], shape: readonly number[], start: number): unknown {
  const [length, ...inner] = shape;
  if (length === undefined) return toJsonValue(data[start] ?? null);
  const size = inner.reduce((product, one) => product * one, 1);
  return Array.from({ length }, (_, index) => nest(data, inner, start + index * size));
}

/** Rows as the native address answers them: the value itself for a single output, else an object. */
export function toPredictions(
  outputs: readonly Tensor[],
  signature: Signature,
): readonly unknown[] {
  const [only] = outputs;
  if (only !== undefined && outputs.length === 1 && only.name !== 'probability')
    return toValues(only);
  return toRows(outputs, signature);
}

const MAIN = new Set(['prediction', 'label', 'output']);

/** What other servers call the prediction: the label or the number; whole rows where there is no such column. */
export function toMainValues(outputs: readonly Tensor[], signature: Signature): readonly unknown[] {
  const main = outputs.find(({ name }) => MAIN.has(name));
  return main === undefined ? toPredictions(outputs, signature) : toValues(main);
}
