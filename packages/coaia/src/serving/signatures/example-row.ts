/** A row that works, for documents, forms, the smoke test and the end of every refusal. */
import type { Value } from '../tensors/tensor.ts';
import type { InputRules } from '../versions/version.ts';
import type { Clue } from './clue.ts';
import type { ExampleRow } from './examples.ts';
import { compileReader } from './reader.ts';
import type { Field, Row, Signature } from './signature.ts';
import { toRows } from './tensor-rows.ts';
import { isMissingText } from './values.ts';

/** The first row of examples.csv that fits, with its values typed; undefined when none does. */
export function findExample(
  inputs: readonly Field[],
  rows: readonly ExampleRow[],
  rules: InputRules,
): Row | undefined {
  const read = compileRow(inputs, rules);
  for (const row of rows) {
    const found = read(row);
    if (!(found instanceof Error)) return found;
  }
  return undefined;
}

/** Why a row does not fit, in the words of AO422 without the example. */
export function explainRow(inputs: readonly Field[], row: ExampleRow, rules: InputRules): string {
  const found = compileRow(inputs, rules)(row);
  return found instanceof Error ? found.message.replace(/ Example that works: .*$/s, '') : '';
}

function compileRow(inputs: readonly Field[], rules: InputRules): (row: ExampleRow) => Row | Error {
  const signature: Signature = { inputs, outputs: [], task: 'other', example: {} };
  const reader = compileReader(signature, rules);
  return (row) => {
    try {
      const { batch } = reader.readRows([row], '', { from: 'text', extra: 'drop' });
      const [values = {}] = toRows(batch.columns, { ...signature, outputs: inputs });
      // What may be left out and has no value here is left out.
      const shown = inputs.filter(
        ({ name, required, default: value }) =>
          required || value !== undefined || !isMissingText(row[name] ?? ''),
      );
      return Object.fromEntries(shown.map(({ name }) => [name, values[name]]));
    } catch (error) {
      return error as Error;
    }
  };
}

/** A row made of defaults, levels, and the middle of the training data. */
export function makeExample(inputs: readonly Field[], clues: readonly Clue[]): Row {
  const typical = new Map(clues.map((clue) => [clue.name, clue.typical]));
  // What may be left out and nobody knows a value of is left out.
  const shown = inputs.filter(
    ({ name, required, levels, default: value }) =>
      required || levels !== undefined || value !== undefined || typical.get(name) !== undefined,
  );
  return Object.fromEntries(
    shown.map((field) => [field.name, toExample(field, typical.get(field.name))]),
  );
}

/** Inputs of which nothing was known when their example was made up: a zero, a text that says `text`. */
export function listGuessed({ inputs, example }: Signature): readonly string[] {
  const isGuessed = (field: Field) =>
    field.trained === undefined &&
    field.levels === undefined &&
    field.default === undefined &&
    JSON.stringify(example[field.name]) === JSON.stringify(toExample(field, undefined));
  return inputs.filter(isGuessed).map(({ name }) => name);
}

function toExample(field: Field, typical: Clue['typical']): unknown {
  const single = toSingle(field, typical);
  return field.shape.reduceRight<unknown>(
    (value, length) => Array.from({ length: Math.max(length, 1) }, () => value),
    single,
  );
}

function toSingle(field: Field, typical: Clue['typical']): Value {
  const { type, levels } = field;
  if (type === 'category') return levels?.find((level) => level === typical) ?? levels?.[0] ?? '';
  if (field.default !== undefined) return field.default;
  if (type === 'number' || type === 'integer') return toNumber(field, typical);
  return typical ?? PLAIN[type];
}

const PLAIN = {
  boolean: true,
  string: 'text',
  date: '2024-05-31',
  datetime: '2024-05-31T12:00:00Z',
} as const;

/** Four digits are enough for an example, and stay inside of every bound. */
function toNumber(field: Field, typical: Clue['typical']): number {
  const [low, high] = toBounds(field);
  const middle = Number.isFinite(high - low) ? (low + high) / 2 : Math.max(low, 0);
  const wish = typeof typical === 'number' ? typical : middle;
  const short = field.type === 'integer' ? Math.round(wish) : Number(wish.toPrecision(4));
  return Math.min(Math.max(short, low), high);
}

function toBounds({ min, max, trained }: Field): readonly [number, number] {
  const { min: least = Number.NEGATIVE_INFINITY, max: most = Number.POSITIVE_INFINITY } =
    trained ?? {};
  return [Math.max(min ?? least, least), Math.min(max ?? most, most)];
}
