/** How a signature stands in protobuf: one plan for the text of the .proto file and for what a host serves. */
import { createHash } from 'node:crypto';
import type { Field, Signature } from './signature.ts';

export type ProtoType =
  | 'double'
  | 'float'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool'
  | 'string';

export interface TypedField {
  readonly field: Field;
  /** As proto allows it, unique in its message also without underscores. */
  readonly name: string;
  readonly number: number;
  readonly type: ProtoType;
}

export interface TypedRows {
  readonly inputs: readonly TypedField[];
  readonly outputs: readonly TypedField[];
}

export function planRows({ inputs, outputs }: Signature): TypedRows {
  return { inputs: planFields(inputs), outputs: planFields(outputs) };
}

function planFields(fields: readonly Field[]): readonly TypedField[] {
  const names = toUnique(
    fields.map(({ name }) => name),
    'field_',
  );
  const taken = new Set<number>();
  return fields.map((field) => {
    const type = toProtoType(field);
    let number = toNumber(`${field.name}\n${type}\n${field.shape.length === 0 ? '' : 'list'}`);
    while (taken.has(number)) number += 1;
    taken.add(number);
    return { field, name: names.get(field.name) ?? '', number, type };
  });
}

/** Protobuf keeps 19000 to 19999 for itself; the largest number is 2^29 - 1. */
const FIRST_NUMBER = 20_000;

/**
 * From the name and the type, not from the place: a client that was made from an older signature is understood while
 * columns are added or moved, and its values never land in a neighbour's column.
 */
function toNumber(text: string): number {
  const hash = createHash('sha256').update(text).digest().readUInt32BE();
  return FIRST_NUMBER + (hash % (2 ** 29 - 1000 - FIRST_NUMBER));
}

/** Names for packages and files by model: `my-cars` as `my_cars`. Each once, and none of `anops` and `inference`. */
export const toPackages = (models: readonly string[]): ReadonlyMap<string, string> =>
  toUnique(models, 'model_', ['anops', 'inference']);

/** Full name of the service of a model: `anops.churn.Model`. */
export const toTypedService = (name: string) => `anops.${name}.Model`;

/**
 * Small letters, digits and single underscores, whatever the order. Names that differ in underscores only clash in
 * several languages.
 */
function toUnique(
  names: readonly string[],
  prefix: string,
  reserved: readonly string[] = [],
): ReadonlyMap<string, string> {
  const taken = new Set(reserved);
  const sorted = names.toSorted((a, b) => (a < b ? -1 : 1));
  return new Map(
    sorted.map((name) => {
      const plain = name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '_')
        .replaceAll(/^_+|_+$/g, '');
      const base = /^[a-z]/.test(plain) ? plain : `${prefix}${plain}`;
      let unique = base;
      for (let turn = 2; taken.has(unique.replaceAll('_', '')); turn++) unique = `${base}_${turn}`;
      taken.add(unique.replaceAll('_', ''));
      return [name, unique];
    }),
  );
}

const NUMBERS: Readonly<Partial<Record<Field['datatype'], ProtoType>>> = {
  INT8: 'int32',
  INT16: 'int32',
  INT32: 'int32',
  INT64: 'int64',
  UINT8: 'uint32',
  UINT16: 'uint32',
  UINT32: 'uint32',
  UINT64: 'uint64',
  FP16: 'float',
  FP32: 'float',
};

function toProtoType({ type, datatype, levels = [] }: Field): ProtoType {
  if (type === 'boolean') return 'bool';
  if (type === 'category') return toLevelType(levels);
  if (type === 'number' || type === 'integer') return NUMBERS[datatype] ?? 'double';
  return 'string';
}

function toLevelType([first]: NonNullable<Field['levels']>): ProtoType {
  if (typeof first === 'number') return 'double';
  return typeof first === 'boolean' ? 'bool' : 'string';
}
