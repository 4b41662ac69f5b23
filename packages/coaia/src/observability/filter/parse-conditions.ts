/** The JSON form of filters (`filter=[{type, column, operator, value, key?}]`), turned into the same tree. */
import { readFailures } from '../errors.ts';
import { parseCondition, type Condition } from './condition.ts';
import { findField, type Field, type FieldSet } from './field.ts';
import { NOWHERE, type Comparison, type FieldTerm, type Filter, type Pattern } from './filter.ts';
import { findNearest } from '#base';

const MAX_CONDITIONS = 100;

/** Columns that Langfuse calls otherwise than our keys. */
const COLUMN_KEYS: ReadonlyMap<string, string> = new Map([
  ['scores_avg', 'scores'],
  ['score_categories', 'scores'],
  ['score_booleans', 'scores'],
]);

const NEGATIVE: ReadonlySet<string> = new Set(['does not contain', 'none of', '<>', 'is null']);

/**
 * Parses the JSON filter parameter. Fails with COAIA-1023 when it is no array of conditions or names a column
 * that does not exist; `details` has the index of the condition.
 */
export function parseConditions(text: string, set: FieldSet): Filter {
  return parseJsonArray(text).map((item, index) => {
    const condition = parseCondition(item);
    if (typeof condition !== 'string') return toTerm(condition, index, set);
    throw refuse(`Condition ${index} of the filter is wrong: ${condition}.`, index);
  });
}

function parseJsonArray(text: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('The filter parameter is not JSON.', 0);
  }
  if (!Array.isArray(value)) throw refuse('The filter parameter is not a JSON array.', 0);
  if (value.length > MAX_CONDITIONS) {
    throw refuse(`The filter has more than ${MAX_CONDITIONS} conditions.`, MAX_CONDITIONS);
  }
  return value;
}

function toTerm(condition: Condition, index: number, set: FieldSet): FieldTerm {
  const { column, operator } = condition;
  const field = findColumn(column, index, set);
  const negated = NEGATIVE.has(operator);
  if (condition.type === 'null') {
    if (field.present === undefined) throw refuse(`Column "${column}" always has a value.`, index);
    return createTerm('has', [], [{ kind: 'value', text: field.key }], negated);
  }
  const path = condition.key === undefined ? [] : [condition.key];
  const takesKey = field.kind === 'metadata' || field.kind === 'scores';
  if (takesKey !== path.length > 0) {
    throw refuse(`Column "${column}" ${takesKey ? 'needs a' : 'takes no'} "key".`, index);
  }
  const patterns = toPatterns(condition, field);
  const join = operator === 'all of' && patterns.length > 1 ? 'all' : 'any';
  return createTerm(field.key, path, patterns, negated, join);
}

function findColumn(column: string, index: number, set: FieldSet): Field {
  const field = findField(set, COLUMN_KEYS.get(column) ?? column);
  if (field !== undefined && field.kind !== 'presence') return field;
  const known = set.fields.flatMap(({ key, aliases }) => [key, ...aliases]);
  throw refuse(`The filter column "${column}" does not exist.`, index, findNearest(column, known));
}

function toPatterns(condition: Condition, field: Field): readonly Pattern[] {
  const { value, operator } = condition;
  if (typeof value === 'number') return [toNumberPattern(operator, value)];
  if (typeof value === 'boolean') return [{ kind: 'value', text: String(value) }];
  if (typeof value !== 'string') return (value ?? []).map((text) => ({ kind: 'exact', text }));
  if (condition.type === 'datetime') {
    return [{ kind: 'compare', operator: operator as Comparison, text: value }];
  }
  return [toTextPattern(operator, value, field)];
}

/** Equality of numbers is a range of one value, so that it also compares metadata and scores as numbers. */
function toNumberPattern(operator: string, value: number): Pattern {
  const text = String(value);
  if (operator === '=') return { kind: 'range', from: text, to: text };
  return { kind: 'compare', operator: operator as Comparison, text };
}

/** Upper and lower case count, as Langfuse has it, except in `matches` on long texts. */
function toTextPattern(operator: string, text: string, field: Field): Pattern {
  const exact = operator !== 'matches' || field.kind !== 'content';
  switch (operator) {
    case '=':
      return { kind: 'exact', text };
    case 'starts with':
      return { kind: 'glob', parts: [text, ''], exact };
    case 'ends with':
      return { kind: 'glob', parts: ['', text], exact };
    default:
      return { kind: 'glob', parts: ['', text, ''], exact };
  }
}

function createTerm(
  key: string,
  path: readonly string[],
  patterns: readonly Pattern[],
  negated: boolean,
  join: FieldTerm['join'] = 'any',
): FieldTerm {
  return { kind: 'field', key, path, join, patterns, negated, position: NOWHERE };
}

function refuse(message: string, index: number, suggestions: readonly string[] = []): Error {
  return readFailures.create('COAIA-1023', message, {
    details: { index, suggestions },
    ...(suggestions.length === 0 ? {} : { hint: `did you mean ${suggestions.join(', ')}?` }),
  });
}
