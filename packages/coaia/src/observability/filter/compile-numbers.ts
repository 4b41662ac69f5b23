/** SQL for numbers, durations, amounts and times. */
import { invalidValue, type PatternInput } from './compile-context.ts';
import type { FieldKind } from './field.ts';
import { fragment, type Fragment } from './fragment.ts';
import { parseCount, parseDuration, parseInstant, parseMoney, type TimeValue } from './values.ts';

const EXAMPLES: Readonly<Record<string, string>> = {
  number: 'a number such as 5, >1.5k or 10..20',
  duration: 'a duration such as >2s, <200ms or 1s..5s',
  money: 'an amount in USD such as >0.02 or $0.01..$1',
  time: 'a time such as >2026-06-01, 2026-06-01..2026-06-30 or an age such as 2h',
  metadata: 'a number for comparisons',
  scores: 'a number for comparisons',
};

/** Compares a numeric expression; a missing value never matches. */
export function toNumberCondition(input: PatternInput, expression: string): Fragment {
  const { pattern } = input;
  const read = (text: string) => parseNumber(input, text);
  switch (pattern.kind) {
    case 'value':
    case 'exact':
      return fragment(`${expression} = ${AS_NUMBER}`, read(pattern.text));
    case 'compare':
      return fragment(`${expression} ${pattern.operator} ${AS_NUMBER}`, read(pattern.text));
    case 'range':
      return fragment(
        `${expression} BETWEEN ${AS_NUMBER} AND ${AS_NUMBER}`,
        read(pattern.from),
        read(pattern.to),
      );
    case 'glob':
      throw unfit(input);
  }
}

/** Without the cast Postgres takes the type of the column and refuses 1.5 for a whole-number one. */
const AS_NUMBER = 'CAST(? AS double precision)';

const PARSERS: Partial<Record<FieldKind, (text: string) => number | undefined>> = {
  duration: parseDuration,
  money: parseMoney,
};

function parseNumber(input: PatternInput, text: string): number {
  const { kind } = input.field;
  const parse = PARSERS[kind] ?? parseCount;
  const value = parse(text.trim());
  if (value === undefined) throw unfit(input);
  return value;
}

/** Compares an instant. A date alone means its whole day; `since` means not earlier. */
export function toTimeCondition(input: PatternInput, expression: string): Fragment {
  const { pattern, term } = input;
  if (pattern.kind === 'glob') throw unfit(input);
  if (pattern.kind === 'range') {
    const from = readInstant(input, pattern.from);
    const to = readInstant(input, pattern.to);
    return fragment(`${expression} >= ? AND ${expression} < ?`, from.start, lastOf(to));
  }
  const { start, end } = readInstant(input, pattern.text);
  if (pattern.kind === 'compare') {
    if (pattern.operator === '>') return fragment(`${expression} > ?`, Math.max(start, end - 1));
    if (pattern.operator === '<=') return fragment(`${expression} <= ?`, Math.max(start, end - 1));
    return fragment(`${expression} ${pattern.operator} ?`, start);
  }
  if (term.key === 'since') return fragment(`${expression} >= ?`, start);
  return fragment(`${expression} >= ? AND ${expression} < ?`, start, lastOf({ start, end }));
}

const lastOf = (time: TimeValue) => Math.max(time.start + 1, time.end);

function readInstant(input: PatternInput, text: string): TimeValue {
  const time = parseInstant(text.trim(), input.now);
  if (time === undefined) throw unfit(input);
  return { start: Math.round(time.start), end: Math.round(time.end) };
}

function unfit(input: PatternInput): Error {
  const example = EXAMPLES[input.field.kind] ?? 'another value';
  return invalidValue(input.term, `"${input.term.key}" takes ${example}.`);
}
