/** Columns as rows, for people: traces, datasets, answers of the workbench. */
import type { Row, Signature } from '../signatures/signature.ts';
import type { Tensor, Value } from '../tensors/tensor.ts';

/** Names whose values nobody sees again: sensitive inputs and what `[log] redact` names. */
export function listHidden(
  signature: Signature | undefined,
  redact: readonly string[],
): ReadonlySet<string> {
  const fields = [...(signature?.inputs ?? []), ...(signature?.outputs ?? [])];
  return new Set([
    ...fields.filter(({ sensitive }) => sensitive === true).map(({ name }) => name),
    ...redact,
  ]);
}

/** One member for each column; several values a row become a list. Missing values are null. */
export function toPlainRows(
  columns: readonly Tensor[],
  most = Number.POSITIVE_INFINITY,
): readonly Row[] {
  const rows = Math.min(most, columns[0]?.shape[0] ?? 0);
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map((column) => [column.name, toPlainValue(column, row)])),
  );
}

function toPlainValue({ shape, data }: Tensor, row: number): unknown {
  let width = 1;
  for (let index = 1; index < shape.length; index++) width *= shape[index] ?? 1;
  if (shape.length === 1) return toPlain(data[row] as Value);
  return Array.from(data.slice(row * width, (row + 1) * width) as readonly Value[], toPlain);
}

function toPlain(value: Value | undefined): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  return value === undefined || (typeof value === 'number' && !Number.isFinite(value))
    ? null
    : value;
}
