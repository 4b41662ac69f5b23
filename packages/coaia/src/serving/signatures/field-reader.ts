/** One field of many rows at once: values in, one column out. */
import type { Tensor, Value } from '../tensors/tensor.ts';
import type { InputRules } from '../versions/version.ts';
import type { Field } from './signature.ts';
import { isMissingCell, isMissingText, toValueReader } from './values.ts';

/** Told of every value that is refused; `kind` says whether it was there. */
export type Complain = (row: number, kind: 'absent' | 'null' | 'wrong', value: unknown) => void;

/** Told of every value outside of what was seen in training. */
export type Notice = (row: number, value: number) => void;

export interface FieldReader {
  readonly field: Field;
  /** Values in the order of the rows; undefined is absent, null is missing. */
  readonly read: (values: readonly unknown[], complain: Complain, notice: Notice) => Tensor;
}

/** Fixed once for a signature, so that a request only runs it. */
export function compileField(field: Field, rules: InputRules, isText: boolean): FieldReader {
  const single = compileSingle(field, rules, isText);
  return {
    field,
    read: field.shape.length === 0 ? single : compileList(field, rules, { single, isText }),
  };
}

/**
 * Up to so many rows a plain array is cheaper than a typed one with its buffer, which the collector follows apart
 * (measured at 64 callers of one row: a tenth of the gateway's time).
 */
const FEW = 8;

function makeColumn(size: number, isFloat: boolean): Float64Array | Value[] {
  return isFloat && size > FEW ? new Float64Array(size) : [];
}

/** A missing value that stays missing is null here. */
const REFUSED = Symbol('refused');

function compileSingle(field: Field, rules: InputRules, isText: boolean): FieldReader['read'] {
  const read = toValueReader(field, isText);
  const { trained, shape } = field;
  const isWatched = trained !== undefined && rules.outOfRange !== 'ignore';
  const low = trained?.min ?? Number.NEGATIVE_INFINITY;
  const high = trained?.max ?? Number.POSITIVE_INFINITY;
  const isFloat = field.datatype === 'FP64' || field.datatype === 'FP32';
  const onMissing = toMissingReader(field, rules);
  const isMissing = toMissingTest(field, isText);
  return (values, complain, notice) => {
    const size = values.length;
    const data = makeColumn(size, isFloat);
    for (let row = 0; row < size; row++) {
      const value = values[row];
      if (isMissing(value)) {
        const other = onMissing(value);
        if (other === REFUSED) complain(row, value === undefined ? 'absent' : 'null', value);
        else data[row] = other === null && isFloat ? Number.NaN : (other as number);
        continue;
      }
      const one = read(value);
      if (one === undefined) {
        complain(row, 'wrong', value);
        continue;
      }
      data[row] = one as number;
      if (isWatched && ((one as number) < low || (one as number) > high))
        notice(row, one as number);
    }
    return { name: field.name, datatype: field.datatype, shape: [size, ...shape], data };
  };
}

/** What stands for a value that is not there, or REFUSED. */
function toMissingReader(
  field: Field,
  rules: InputRules,
): (value: unknown) => Value | typeof REFUSED {
  const absent = toAbsent(field);
  const empty = field.nullable || rules.onNa === 'pass' ? null : REFUSED;
  // An empty cell of a column that may be left out is left out.
  const emptyText = empty === REFUSED && !field.required ? absent : empty;
  return (value) => {
    if (value === undefined) return absent;
    return typeof value === 'string' ? emptyText : empty;
  };
}

function toAbsent(field: Field): Value | typeof REFUSED {
  if (field.default !== undefined) return field.default;
  return field.required ? REFUSED : null;
}

function toMissingTest(field: Field, isText: boolean): (value: unknown) => boolean {
  if (isText)
    return (value) =>
      value === undefined ||
      value === null ||
      (typeof value === 'string' && isMissingCell(value, field));
  const isNumber = field.type === 'number' || field.type === 'integer';
  return isNumber
    ? (value) => value === undefined || value === null || Number.isNaN(value)
    : (value) => value === undefined || value === null;
}

/**
 * Lists become one flat column; all rows have the same number of elements. A list that may be missing and is travels as
 * missing elements.
 */
function compileList(
  field: Field,
  rules: InputRules,
  { single, isText }: { readonly single: FieldReader['read']; readonly isText: boolean },
): FieldReader['read'] {
  const { shape } = field;
  const fixed = shape.some((one) => one < 0) ? undefined : product(shape);
  const onMissing = toMissingReader(field, rules);
  return (given, complain, notice) => {
    const values = isText ? given.map(fromCell) : given;
    const lists = values.map((value, row) => readList(value, row, { shape, onMissing, complain }));
    const length = fixed ?? lists.find((list) => list !== undefined)?.length ?? 0;
    for (const [row, list] of lists.entries())
      if (list !== undefined && list.length !== length) complain(row, 'wrong', values[row]);
    const flat = lists.flatMap((list, row) =>
      // Absent stays absent and null null: both are judged as single values are.
      Array.from({ length }, (_, index) => (list === undefined ? values[row] : list[index])),
    );
    const toRow = (index: number) => Math.floor(index / length);
    const column = single(
      flat,
      (index, _kind, value) => {
        const row = toRow(index);
        const isOwn = lists[row]?.length === length;
        if (isOwn) complain(row, 'wrong', value);
      },
      (index, value) => notice(toRow(index), value),
    );
    return { ...column, shape: [values.length, ...(fixed === undefined ? [length] : shape)] };
  };
}

/** A list in a cell of CSV is written as JSON; an empty cell is missing. */
function fromCell(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (isMissingText(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** No tensor is nested deeper. */
const DEEPEST = 8;

/** Whether lists are nested as the shape says; one flat list may stand for all. */
function isRegular(list: readonly unknown[], shape: readonly number[]): boolean {
  return shape.length < 2 || !list.some((one) => Array.isArray(one)) || isNested(list, shape);
}

function isNested(value: unknown, [length = -1, ...inner]: readonly number[]): boolean {
  if (!Array.isArray(value) || (length >= 0 && value.length !== length)) return false;
  return inner.length === 0 || value.every((one) => isNested(one, inner));
}

interface ListRules {
  readonly shape: readonly number[];
  readonly onMissing: ReturnType<typeof toMissingReader>;
  readonly complain: Complain;
}

/** Elements in row-major order; undefined when there is no list. */
function readList(
  value: unknown,
  row: number,
  { shape, onMissing, complain }: ListRules,
): readonly unknown[] | undefined {
  if (Array.isArray(value) && isRegular(value, shape))
    return value.flat(DEEPEST) as readonly unknown[];
  const isMissing = value === undefined || value === null;
  if (!isMissing) complain(row, 'wrong', value);
  else if (onMissing(value) === REFUSED) complain(row, value === null ? 'null' : 'absent', value);
  return undefined;
}

const product = (lengths: readonly number[]) => lengths.reduce((all, one) => all * one, 1);
