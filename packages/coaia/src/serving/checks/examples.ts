/** examples.csv as requests: which rows should work, and what should come out. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNearest, parseCsv } from '#base';
import type { ModelSettings } from '../projects/project.ts';
import type { Finding } from '../signatures/finding.ts';
import type { Field, Signature } from '../signatures/signature.ts';
import { isMissingCell } from '../signatures/values.ts';
import type { InputRules } from '../versions/version.ts';

export interface Example {
  /** Line of the file, from 1; undefined for the row that was made from the signature. */
  readonly line?: number;
  /** Counts from 1, as people count rows. */
  readonly number: number;
  /** Words of the file for inputs, or JSON values for the row that was made. */
  readonly row: Readonly<Record<string, unknown>>;
  /** Inputs without a value. */
  readonly missing: readonly string[];
  readonly expected?: string;
}

export interface Examples {
  readonly file?: string;
  readonly from: 'text' | 'json';
  readonly rows: readonly Example[];
  readonly findings: readonly Finding[];
}

/** More rows would only repeat. */
const MOST = 200;

const EXPECTED = 'expected';

/** The rows of examples.csv, or the one example of the signature: AO495. */
export function readExamples(folder: string, model: ModelSettings, signature: Signature): Examples {
  const made: Examples = { from: 'json', rows: [toMade(signature)], findings: [] };
  const file = model.examples;
  if (file === undefined) return { ...made, findings: [noExamples()] };
  const path = join(folder, file);
  if (!existsSync(path)) return { ...made, findings: [broken(file, `${file} does not exist.`)] };
  let records: ReturnType<typeof parseCsv>;
  try {
    records = parseCsv(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...made, findings: [broken(file, `${file} cannot be read as CSV: ${reason}.`)] };
  }
  const [first] = records;
  if (first === undefined) return { ...made, findings: [broken(file, `${file} has no rows.`)] };
  const absent = signature.inputs.filter(({ name, required }) => required && !(name in first));
  if (absent.length > 0) {
    const columns = Object.keys(first).filter((name) => name !== EXPECTED);
    return { ...made, findings: [toAbsent(file, absent, { columns, inputs: signature.inputs })] };
  }
  const rows = records.slice(0, MOST).map((record, index) => toExample(record, index, signature));
  return { file, from: 'text', rows, findings: [] };
}

function toMade({ example, inputs }: Signature): Example {
  const missing = inputs.filter(({ name }) => (example[name] ?? null) === null);
  return { number: 1, row: example, missing: missing.map(({ name }) => name) };
}

const isEmpty = (cell: string | undefined, field: Pick<Field, 'levels'>) =>
  cell === undefined || isMissingCell(cell, field);

function toExample(
  record: Readonly<Record<string, string>>,
  index: number,
  { inputs, outputs }: Signature,
): Example {
  const isInput = inputs.some(({ name }) => name === EXPECTED);
  const expected = isInput ? undefined : record[EXPECTED];
  const missing = inputs.filter(
    (field) => field.name in record && isEmpty(record[field.name], field),
  );
  const levels = outputs.flatMap((field) => field.levels ?? []);
  return {
    line: index + 2,
    number: index + 1,
    row: record,
    missing: missing.map(({ name }) => name),
    ...(expected === undefined || isEmpty(expected, { levels }) ? {} : { expected }),
  };
}

interface Columns {
  readonly columns: readonly string[];
  readonly inputs: readonly Field[];
}

/** A model that was fitted without names calls its inputs x1, x2: then the columns are only called differently. */
function toAbsent(file: string, absent: readonly Field[], { columns, inputs }: Columns): Finding {
  const names = absent.map(({ name }) => `\`${name}\``).join(', ');
  const message = `${file} lacks the column${absent.length === 1 ? '' : 's'} ${names}, which the model needs.`;
  const finding = broken(file, message, 1);
  if (absent.length < inputs.length || columns.length !== inputs.length) {
    const strangers = columns.filter((column) => inputs.every(({ name }) => name !== column));
    const [near] = absent.flatMap(({ name }) => findNearest(name, strangers));
    const cause =
      near === undefined ? {} : { cause: `There is a column \`${near}\`, which is no input.` };
    return { ...finding, ...cause };
  }
  const header = inputs.map(({ name }) => name).join(',');
  return {
    ...finding,
    cause: 'The model was fitted without names of columns, so its inputs have only numbers.',
    fix: `write ${header} as the header line, or fit the model on a data frame so that it knows ${columns.join(', ')}`,
  };
}

function noExamples(): Finding {
  return {
    code: 'AO495',
    severity: 'warning',
    message:
      'There is no examples.csv: the smoke test knows only one row, made from the signature.',
    file: 'model-service/examples.csv',
    cause: 'Examples also fill the documentation and are the reference for drift.',
    fix: 'write a few real rows into model-service/examples.csv, one column for each input',
  };
}

function broken(file: string, message: string, line?: number): Finding {
  return {
    code: 'AO495',
    severity: 'error',
    message,
    file,
    ...(line === undefined ? {} : { line }),
    fix: 'correct the file: a header line with the names of the inputs, then one row a line',
  };
}

/** True when a row with these missing values is taken, as the settings and the signature say. */
export function takesMissing(
  names: readonly string[],
  { inputs }: Signature,
  { onNa }: InputRules,
  from: Examples['from'],
): boolean {
  if (onNa === 'pass') return true;
  return inputs
    .filter(({ name }) => names.includes(name))
    .every(({ nullable, required }) => nullable || (from === 'text' && !required));
}
