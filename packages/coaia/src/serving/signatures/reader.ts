/** The only way to a model: rows are read against its signature, once compiled, then at the speed of columns. */
import { isObject } from '#base';
import type { Batch } from '../tensors/tensor.ts';
import type { Flag } from '../predictions/observer.ts';
import type { InputRules } from '../versions/version.ts';
import { compileField } from './field-reader.ts';
import type { FieldReader } from './field-reader.ts';
import {
  MAX_PROBLEMS,
  describeValue,
  refuseRows,
  toMissing,
  toProblem,
  toStranger,
} from './refusal.ts';
import type { Problem } from './refusal.ts';
import type { Field, Signature } from './signature.ts';

export interface ReadOptions {
  /** `text`: every value is a word, as in CSV; numbers and truths are read from it, empty cells are missing. */
  readonly from?: 'json' | 'text';
  /** Names that are no input: refused (default), because a misspelt optional field would go unseen, or dropped. */
  readonly extra?: 'refuse' | 'drop';
}

export interface RowBatch {
  readonly batch: Batch;
  /** AO451: values outside of the training range. */
  readonly flags: readonly Flag[];
}

export interface RowReader {
  /**
   * Rows as objects by field, or as lists in the order of the inputs. `path` is where they stand in the body, for
   * the details of AO422, which is what it fails with; rows of the details and flags count from 0.
   */
  readRows(rows: readonly unknown[], path?: string, options?: ReadOptions): RowBatch;
  /** Columns by name, all of one length; typed arrays are welcome. Fails with AO422. */
  readColumns(
    columns: Readonly<Record<string, ArrayLike<unknown>>>,
    path?: string,
    options?: ReadOptions,
  ): RowBatch;
}

/** Compiles the readers of all fields. */
export function compileReader(signature: Signature, rules: InputRules): RowReader {
  const json = signature.inputs.map((field) => compileField(field, rules, false));
  const text = signature.inputs.map((field) => compileField(field, rules, true));
  const known = new Set(signature.inputs.map(({ name }) => name));
  const pick = (options: ReadOptions) => (options.from === 'text' ? text : json);
  return {
    readRows(given, path = '', options = {}) {
      const work = openWork(signature, rules, { rows: given.length, path, isByRow: true });
      const rows = toObjects(given, signature, work);
      if (options.extra !== 'drop') findStrangers(rows, known, work);
      return close(pick(options), ({ name }) => rows.map(toPicker(name)), work);
    },
    readColumns(columns, path = '', options = {}) {
      const [first] = Object.values(columns);
      const work = openWork(signature, rules, { rows: first?.length ?? 0, path, isByRow: false });
      checkColumns(columns, known, work, options);
      return close(pick(options), ({ name }) => toColumn(columns, name, work.rows), work);
    },
  };
}

interface Place {
  readonly rows: number;
  readonly path: string;
  readonly isByRow: boolean;
}

/** What one request gathers. */
interface Work extends Place {
  readonly signature: Signature;
  readonly rules: InputRules;
  readonly problems: Problem[];
  readonly flags: Flag[];
  count: number;
}

function openWork(signature: Signature, rules: InputRules, place: Place): Work {
  return { signature, rules, ...place, problems: [], flags: [], count: 0 };
}

function complain(work: Work, make: () => Problem): void {
  work.count++;
  if (work.problems.length < MAX_PROBLEMS) work.problems.push(make());
}

function close(
  readers: readonly FieldReader[],
  toValues: (field: Field) => readonly unknown[],
  work: Work,
): RowBatch {
  const columns = readers.map((reader) => readField(reader, toValues(reader.field), work));
  const { rows, problems, flags, count, signature } = work;
  if (count > 0) throw refuseRows(signature, problems, { rows, count });
  return { batch: { rows, columns }, flags };
}

function readField({ field, read }: FieldReader, values: readonly unknown[], work: Work) {
  return read(
    values,
    (row, kind, value) =>
      complain(work, () => {
        const place = { row, path: toPath(work, row, field.name) };
        return kind === 'wrong' ? toProblem(field, value, place) : toMissing(field, kind, place);
      }),
    (row, value) => notice(work, field, { row, value }),
  );
}

function notice(work: Work, field: Field, { row, value }: { row: number; value: number }): void {
  const { min = 0, max = 0 } = field.trained ?? {};
  const shown = field.sensitive === true ? 'a value' : String(value);
  const outside = `is outside the training range ${min}–${max}`;
  if (work.rules.outOfRange === 'reject')
    complain(work, () => ({
      row,
      path: toPath(work, row, field.name),
      field: field.name,
      got: shown,
      wanted: `a number from ${min} to ${max}`,
      text: `${shown} ${outside}`,
    }));
  else
    work.flags.push({
      code: 'AO451',
      row,
      field: field.name,
      message: `\`${field.name}\` = ${shown} ${outside}: predicted, marked \`extrapolated\`.`,
    });
}

function toPath({ path, rows, isByRow }: Place, row: number, name: string): string {
  if (!isByRow) return `${path === '' ? '' : `${path}.`}${name}[${row}]`;
  const index = rows === 1 && path === '' ? '' : `${path}[${row}].`;
  return `${index}${name}`;
}

type Picker = (row: Readonly<Record<string, unknown>>) => unknown;

/** Members that every object inherits count only when they are the row's own. */
function toPicker(name: string): Picker {
  if (name in Object.prototype) return (row) => (Object.hasOwn(row, name) ? row[name] : undefined);
  return (row) => row[name];
}

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Rows as objects; lists and single values take the order of the inputs. */
function toObjects(given: readonly unknown[], signature: Signature, work: Work): Rows {
  if (given.every(isObject)) return given;
  return given.map((row, index) => {
    if (isObject(row)) return row;
    const values = toList(row, signature);
    if (values.length === signature.inputs.length)
      return Object.fromEntries(signature.inputs.map(({ name }, at) => [name, values[at]]));
    complain(work, () => ({
      row: index,
      field: 'row',
      path: `${work.path}[${index}]`,
      got: describeValue(row),
      wanted: 'an object',
      text: `${describeValue(row)} is not an object with ${toNames(signature)}`,
    }));
    return signature.example;
  });
}

/** With a single input that is a list itself, or a single value, the row is that input. */
function toList(row: unknown, { inputs: [only, ...others] }: Signature): readonly unknown[] {
  const isOne = only !== undefined && others.length === 0;
  if (isOne && (!Array.isArray(row) || only.shape.length > 0)) return [row];
  return Array.isArray(row) ? (row as readonly unknown[]) : [];
}

const toNames = ({ inputs }: Signature) => inputs.map(({ name }) => `\`${name}\``).join(', ');

function findStrangers(rows: Rows, known: ReadonlySet<string>, work: Work): void {
  for (let row = 0; row < rows.length; row++)
    for (const name in rows[row])
      if (!known.has(name))
        complain(work, () =>
          toStranger(work.signature, name, { row, path: toPath(work, row, name) }),
        );
}

function checkColumns(
  columns: Readonly<Record<string, ArrayLike<unknown>>>,
  known: ReadonlySet<string>,
  work: Work,
  options: ReadOptions,
): void {
  for (const [name, values] of Object.entries(columns)) {
    const path = work.path === '' ? name : `${work.path}.${name}`;
    if (!known.has(name)) {
      if (options.extra !== 'drop')
        complain(work, () => toStranger(work.signature, name, { row: 0, path }));
    } else if (values.length !== work.rows)
      complain(work, () => ({
        row: 0,
        field: name,
        path,
        got: `${values.length} rows`,
        wanted: `${work.rows} rows`,
        text: `${values.length} rows, and the first column has ${work.rows}`,
      }));
  }
}

function toColumn(
  columns: Readonly<Record<string, ArrayLike<unknown>>>,
  name: string,
  rows: number,
): readonly unknown[] {
  const values = Object.hasOwn(columns, name) ? columns[name] : undefined;
  // Readers index it and ask its length, no more.
  if (values !== undefined) return values as readonly unknown[];
  return Array.from({ length: rows });
}
