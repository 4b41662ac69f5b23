/** examples.csv: rows that people gave, as evidence and as the example. */
import { parseCsv } from '#base';
import type { Clue } from './clue.ts';
import type { FieldType } from './signature.ts';
import { isDate, isDatetime, isMissingText, toNumber } from './values.ts';

/** One row of a CSV: every value is a word. */
export type ExampleRow = Readonly<Record<string, string>>;

/** Throws an Error that says which line is wrong. */
export function readExamples(text: string): readonly ExampleRow[] {
  return parseCsv(text);
}

/** Columns with answers to compare with, which no model takes. */
const ANSWERS: ReadonlySet<string> = new Set(['expected', 'prediction', 'label', 'probability']);

/** Types as far as a few rows can tell: levels and ranges they cannot. */
export function toExampleClues(rows: readonly ExampleRow[]): readonly Clue[] {
  const names = Object.keys(rows[0] ?? {}).filter((name) => !ANSWERS.has(name) && name !== '');
  return names.map((name) => {
    const words = rows.map((row) => row[name] ?? '');
    const known = words.filter((word) => !isMissingText(word));
    return {
      name,
      ...(known.length === 0 ? {} : { type: toType(known) }),
      ...(known.length < words.length ? { nullable: true } : {}),
    };
  });
}

function toType(words: readonly string[]): FieldType {
  if (words.every((word) => toNumber(word) !== undefined)) return 'number';
  if (words.every((word) => /^(?:true|false)$/i.test(word.trim()))) return 'boolean';
  if (words.every((word) => isDate(word.trim()))) return 'date';
  return words.every((word) => isDatetime(word.trim())) ? 'datetime' : 'string';
}
