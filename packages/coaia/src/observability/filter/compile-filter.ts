/** A filter tree as an SQL condition for either database. */
import { invalidValue, type CompileContext, type PatternInput } from './compile-context.ts';
import { toNumberCondition, toTimeCondition } from './compile-numbers.ts';
import { toContainsCondition, toFullText, toTextCondition, toTextList } from './compile-text.ts';
import { findField, findPresence, type Field, type FieldKind, type FieldSet } from './field.ts';
import type { FieldTerm, Filter, Pattern, Term } from './filter.ts';
import { fragment, joinFragments, negate, type Fragment } from './fragment.ts';
import { findNearest } from '#base';
import { parseFlag } from './values.ts';

export interface CompiledFilter {
  /** Undefined when everything matches. */
  readonly condition: Fragment | undefined;
  /** True when an index serves it, so that it may run on the event loop. */
  readonly quick: boolean;
  /**
   * Ids of the only rows that can match, when the filter names them. A list starts from these: SQLite would
   * rather walk a whole index than look up more than a handful of keys.
   */
  readonly ids: readonly string[] | undefined;
}

/** Compiles all terms. Fails with COAIA-1022 for a value that does not fit its key. */
export function compileFilter(filter: Filter, context: CompileContext): CompiledFilter {
  const conditions = filter.map((term) => compileTerm(term, context));
  return {
    condition: joinFragments(conditions, 'AND'),
    quick: filter.every((term) => isQuick(term, context.set)),
    ids: findIds(filter, context.set),
  };
}

function findIds(filter: Filter, set: FieldSet): readonly string[] | undefined {
  const term = filter.find((candidate) => isNarrow(candidate, set));
  if (term === undefined || term.kind === 'text') return undefined;
  return [...new Set(term.patterns.filter(isPlain).map(({ text }) => text))];
}

function isNarrow(term: Term, set: FieldSet): boolean {
  if (term.kind === 'text' || term.negated || term.join !== 'any') return false;
  return findField(set, term.key)?.indexed === 'few' && term.patterns.every(isPlain);
}

/** Every term has to be quick: one that is not may leave nothing, and then the whole index is walked. */
function isQuick(term: Term, set: FieldSet): boolean {
  if (term.kind === 'text' || term.negated) return false;
  const field = findField(set, term.key);
  if (field?.kind === 'time' || isNarrow(term, set)) return true;
  const [only] = term.patterns;
  if (field === undefined || only === undefined || term.patterns.length > 1) return false;
  if (!isPlain(only)) return false;
  return field.indexed === 'one' || field.indexedValues?.includes(only.text.toUpperCase()) === true;
}

function isPlain(pattern: Pattern): pattern is Extract<Pattern, { kind: 'value' | 'exact' }> {
  return pattern.kind === 'value' || pattern.kind === 'exact';
}

function compileTerm(term: Term, context: CompileContext): Fragment {
  const positive =
    term.kind === 'text' ? toFullText(term.parts, context) : compileField(term, context);
  return term.negated ? negate(positive) : positive;
}

function compileField(term: FieldTerm, context: CompileContext): Fragment {
  const field = findField(context.set, term.key);
  if (field === undefined) throw invalidValue(term, `The filter key "${term.key}" does not exist.`);
  if (term.join === 'any' && field.kind === 'text') {
    const list = toTextList(term.patterns, field.value(context.dialect), context.dialect);
    if (list !== undefined) return wrap(field, list);
  }
  const parts = term.patterns.map((pattern) =>
    compilePattern({ ...context, term, field, pattern }),
  );
  return joinFragments(parts, term.join === 'any' ? 'OR' : 'AND') ?? fragment('true');
}

function compilePattern(input: PatternInput): Fragment {
  return COMPILERS[input.field.kind](input);
}

/** On the value of a column, wrapped where the column lies in another table. */
function onColumn(
  compile: (input: PatternInput, expression: string) => Fragment,
): (input: PatternInput) => Fragment {
  return (input) => wrap(input.field, compile(input, input.field.value(input.dialect)));
}

const COMPILERS: Readonly<Record<FieldKind, (input: PatternInput) => Fragment>> = {
  text: onColumn(toTextCondition),
  content: onColumn(toContainsCondition),
  number: onColumn(toNumberCondition),
  duration: onColumn(toNumberCondition),
  money: onColumn(toNumberCondition),
  time: onColumn(toTimeCondition),
  enum: onColumn(toEnumCondition),
  flag: onColumn(toFlagCondition),
  tags: toTagCondition,
  metadata: toMetadataCondition,
  scores: toScoreCondition,
  presence: toPresenceCondition,
};

function wrap(field: Field, condition: Fragment): Fragment {
  if (field.within === undefined) return condition;
  return { sql: field.within(condition.sql), parameters: condition.parameters };
}

function toEnumCondition(input: PatternInput, expression: string): Fragment {
  const { field, pattern, term } = input;
  const text = pattern.kind === 'value' || pattern.kind === 'exact' ? pattern.text : undefined;
  const known = field.values ?? [];
  const value = known.find((candidate) => candidate.toLowerCase() === text?.toLowerCase());
  if (value !== undefined) {
    const written = field.conditions?.[value];
    return written === undefined ? fragment(`${expression} = ?`, value) : fragment(written);
  }
  const near = text === undefined ? [] : findNearest(text, known);
  throw invalidValue(term, `"${term.key}" is one of ${known.join(', ')}.`, near);
}

function toFlagCondition(input: PatternInput, expression: string): Fragment {
  const { pattern, term } = input;
  const flag =
    pattern.kind === 'value' || pattern.kind === 'exact' ? parseFlag(pattern.text) : undefined;
  if (flag === undefined) throw invalidValue(term, `"${term.key}" is true or false.`);
  return fragment(`${expression} = ${flag ? 1 : 0}`);
}

function toTagCondition(input: PatternInput): Fragment {
  const { field, pattern, dialect } = input;
  const column = field.value(dialect);
  if (pattern.kind === 'value' || pattern.kind === 'exact') {
    return fragment(dialect.jsonArrayHas(column), pattern.text);
  }
  const condition = toTextCondition(input, 'tag.value');
  return {
    sql: `EXISTS (SELECT 1 FROM ${dialect.jsonArrayRows(column, 'tag')} WHERE ${condition.sql})`,
    parameters: condition.parameters,
  };
}

function toMetadataCondition(input: PatternInput): Fragment {
  const { dialect, set, term, pattern } = input;
  const joined = term.path.join('.');
  const nested = dialect.jsonText(set.metadata, term.path);
  // Attribute names often contain dots themselves (http.method), so both readings count.
  const text =
    term.path.length > 1
      ? `coalesce(${nested}, ${dialect.jsonText(set.metadata, [joined])})`
      : nested;
  if (pattern.kind === 'compare' || pattern.kind === 'range') {
    return toNumberCondition(input, dialect.number(text));
  }
  return toTextCondition(input, text);
}

/** Comparisons use the mean of the scores with that name; texts match any of them. */
function toScoreCondition(input: PatternInput): Fragment {
  const { set, term, pattern } = input;
  const name = term.path.join('.');
  const number = pattern.kind === 'compare' || pattern.kind === 'range';
  if (number) {
    const mean = toNumberCondition(input, 'm.mean');
    return {
      sql: `EXISTS (SELECT 1 FROM (SELECT avg(s.value) AS mean ${set.scoresOf} AND s.name = ?) m WHERE ${mean.sql})`,
      parameters: [name, ...mean.parameters],
    };
  }
  const text = toTextCondition(input, 's.string_value');
  const plain = pattern.kind === 'value' || pattern.kind === 'exact' ? pattern.text : '';
  const flag = parseFlag(plain);
  const value = flag === undefined || /^\d$/.test(plain) ? Number(plain) : Number(flag);
  const numeric = plain !== '' && Number.isFinite(value) ? ` OR s.value = ${value}` : '';
  return {
    sql: `EXISTS (SELECT 1 ${set.scoresOf} AND s.name = ? AND ((${text.sql})${numeric}))`,
    parameters: [name, ...text.parameters],
  };
}

function toPresenceCondition(input: PatternInput): Fragment {
  const { pattern, term, set } = input;
  const text = pattern.kind === 'value' || pattern.kind === 'exact' ? pattern.text : '';
  const present = findPresence(set, text);
  if (present !== undefined) return fragment(present);
  const known = set.fields.filter((field) => field.present !== undefined).map(({ key }) => key);
  throw invalidValue(term, `"has:" takes one of ${known.join(', ')}.`, findNearest(text, known));
}
