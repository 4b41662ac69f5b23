/** Why rows were refused: AO422 with every reason, in words and in data. */
import { findNearest } from '#base';
import type { CoaiaError } from '#base';
import { runtimeFailures } from '../runtimes/errors.ts';
import type { Field, Signature } from './signature.ts';
import { isHeld } from './values.ts';

/** One reason. `row` counts from 0; sentences count from 1. */
export interface Problem {
  readonly row: number;
  readonly field: string;
  /** Where it stands in what was sent: `instances[2].cyl`. */
  readonly path: string;
  /** What was there, shortened; undefined when nothing was. Never the value of a sensitive field. */
  readonly got?: string;
  /** What belongs there: `a number`, `one of 4, 6, 8`. */
  readonly wanted: string;
  readonly allowed?: readonly (string | number | boolean)[];
  /** The sentence without its subject. */
  readonly text: string;
}

/** Problems that are told one by one; more are counted. */
export const MAX_PROBLEMS = 100;
const MAX_SENTENCES = 10;

/** `count` is the number of all problems, of which `problems` may be the first ones. */
export function refuseRows(
  signature: Signature,
  problems: readonly Problem[],
  { rows, count }: { readonly rows: number; readonly count: number },
): CoaiaError {
  const sentences = toSentences(problems, rows);
  const shown = sentences.slice(0, MAX_SENTENCES);
  const rest = count - countProblems(shown);
  const more = rest > 0 ? [`And ${rest} more.`] : [];
  const example = `Example that works: ${JSON.stringify(signature.example)}`;
  const texts = [...shown.map(({ text }) => text), ...more, example];
  return runtimeFailures.create('AO422', texts.join(' '), {
    details: problems.map(({ row, field, path, got, wanted, allowed }) => ({
      row,
      field,
      path,
      ...(got === undefined ? {} : { got }),
      wanted,
      ...(allowed === undefined ? {} : { allowed }),
    })),
  });
}

interface Sentence {
  readonly text: string;
  readonly count: number;
}

const countProblems = (sentences: readonly Sentence[]) =>
  sentences.reduce((sum, { count }) => sum + count, 0);

/** The same reason in several rows is one sentence. */
function toSentences(problems: readonly Problem[], rows: number): readonly Sentence[] {
  const groups = new Map<string, number[]>();
  for (const { field, text, row } of problems) {
    const subject = `\`${field}\`: ${text}`;
    const group = groups.get(subject);
    if (group === undefined) groups.set(subject, [row]);
    else group.push(row);
  }
  return [...groups].map(([subject, group]) => ({
    text: `${subject}${toPlaces(group, rows)}.`,
    count: group.length,
  }));
}

function toPlaces(group: readonly number[], rows: number): string {
  if (rows === 1) return '';
  if (group.length === rows) return ' (every row)';
  const shown = group.slice(0, 5).map((row) => row + 1);
  const rest = group.length - shown.length;
  const more = rest > 0 ? ` and ${rest} more` : '';
  return ` (${group.length === 1 ? 'row' : 'rows'} ${shown.join(', ')}${more})`;
}

/** Why this value is none of the field's. */
export function toProblem(
  field: Field,
  value: unknown,
  place: Pick<Problem, 'row' | 'path'>,
): Problem {
  const wanted = toWanted(field);
  const got = field.sensitive === true ? 'a value' : describeValue(value);
  const allowed = field.levels === undefined ? {} : { allowed: field.levels };
  return { ...place, field: field.name, got, wanted, ...allowed, text: toText(field, value, got) };
}

function toText(field: Field, value: unknown, got: string): string {
  const isList = field.shape.length > 0;
  if (typeof value === 'number' && !isList) return toNumberText(field, value, got);
  if (typeof value === 'string' && !isList && isNumberField(field))
    return isNumeric(value)
      ? `${got} is text, not a number: write it without quotes`
      : `${got} is not a number`;
  return `${got} is not ${toWanted(field)}`;
}

function toNumberText(field: Field, value: number, got: string): string {
  if (!Number.isFinite(value)) return `${value} is not finite`;
  const { min, max } = field;
  if (min !== undefined && value < min) return `${got} is below ${min}, the smallest allowed`;
  if (max !== undefined && value > max) return `${got} is above ${max}, the largest allowed`;
  if (field.type === 'number' && !isHeld(value, field.datatype))
    return `${got} is more than the model's numbers of ${field.datatype.slice(2)} bits can be`;
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    return `${got} is beyond 2^53, where a number in JSON has lost its last digits: take a field of text for such ids`;
  return `${got} is not ${toWanted(field)}`;
}

const isNumberField = ({ type }: Field) => type === 'number' || type === 'integer';

const isNumeric = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));

export function toMissing(
  field: Field,
  kind: 'absent' | 'null',
  place: Pick<Problem, 'row' | 'path'>,
): Problem {
  const wanted = toWanted(field);
  const allowed = field.levels === undefined ? {} : { allowed: field.levels };
  const text = kind === 'absent' ? 'needed, missing' : `empty, and the model needs ${wanted}`;
  return { ...place, field: field.name, wanted, ...allowed, text };
}

/** A name that is no input; the nearest one that is, if any. */
export function toStranger(
  signature: Signature,
  name: string,
  place: Pick<Problem, 'row' | 'path'>,
): Problem {
  const names = signature.inputs.map((field) => field.name);
  const [near] = findNearest(name, names);
  const guess = near === undefined ? '' : `, but \`${near}\` is`;
  const text = `not an input of this model${guess}`;
  return { ...place, field: name, wanted: `one of ${names.join(', ')}`, text };
}

const WORDS = {
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  string: 'text',
  date: 'a date like 2024-05-31',
  datetime: 'a time like 2024-05-31T13:45:00Z',
} as const;

/** What a field takes, as it ends the sentence `… is not`. */
export function toWanted(field: Field): string {
  const one =
    field.type === 'category' ? `one of ${(field.levels ?? []).join(', ')}` : WORDS[field.type];
  if (field.shape.length === 0) return one;
  const size = field.shape.map((length) => (length < 0 ? 'any' : length)).join(' x ');
  return `a list of ${size === 'any' ? 'any length' : size}, each ${one}`;
}

/** A value as the sentence repeats it: JSON, at most 40 characters. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
