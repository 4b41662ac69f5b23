/** The forms in which rows come, as one: each gives a function that reads them for a version. */
import { isObject } from '#base';
import { runtimeFailures } from '../runtimes/errors.ts';
import type { ReadOptions, RowBatch, RowReader } from '../signatures/reader.ts';
import type { Signature } from '../signatures/signature.ts';
import type { VersionManifest } from '../versions/version.ts';
import { gatewayFailures } from './errors.ts';

/** How the rows of a request are read for a version. */
export type ReadInput = (reader: RowReader, manifest: VersionManifest) => RowBatch;

/** Fails with AO414 for a name that comes twice: only one of the values could count, and nobody would know which. */
export function requireOnce(names: readonly string[], where: string): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw gatewayFailures.create('AO414', `${where} has ${JSON.stringify(twice)} twice.`);
}

/**
 * Rows as objects, or as lists of values in the order of the model's inputs. `path` is where they were in the body,
 * for example `instances`.
 */
export function fromRows(rows: readonly unknown[], path = '', options?: ReadOptions): ReadInput {
  return (reader, { model, signature }) => {
    if (signature.inputs.length === 0) requireNothing(model, rows);
    return reader.readRows(
      rows.some((row) => isTooShort(row, signature))
        ? rows.map((row) => (isTooShort(row, signature) ? toNamed(row, signature) : row))
        : rows,
      path,
      options,
    );
  };
}

/** Models of another server may say nothing of what they take. */
function requireNothing(model: string, rows: readonly unknown[]): void {
  if (rows.every((row) => isObject(row) && Object.keys(row).length === 0)) return;
  throw runtimeFailures.create(
    'AO422',
    `${model} says nothing of what it takes, so values of a row have no place. Send named tensors to /v2/models/${model}/infer.`,
  );
}

/** A list without the last values: named, so that the refusal says which are missing. */
function isTooShort(row: unknown, { inputs }: Signature): row is readonly unknown[] {
  return Array.isArray(row) && inputs.length > 1 && row.length < inputs.length;
}

function toNamed(
  row: readonly unknown[],
  { inputs }: Signature,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(row.map((value, index) => [inputs[index]?.name ?? '', value]));
}
