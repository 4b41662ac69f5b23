/** A filter tree as an SQL condition for either database. */
import { invalidValue, type CompileContext, type PatternInput } from './compile-context.ts';
import { toNumberCondition, toTimeCondition } from './compile-numbers.ts';
import { toContainsCondition, toFullText, toTextCondition, toTextList } from './compile-text.ts';
import { findField, findPresence, type Field, type FieldSet } from './field.ts';
import type { FieldTerm, Filter, Term } from './filter.ts';
import { fragment, joinFragments, negate, type Fragment } from './fragment.ts';
import { findNearest } from './suggest.ts';
import { parseFlag } from './values.ts';

export interface CompiledFilter {
  /** Undefined when everything matches. */
  readonly condition: Fragment | undefined;
  /** True when an index serves it, so that it may run on the event loop. */
  readonly quick: boolean;
}

/** Compiles all terms. Fails with COAIA-1022 for a value that does not fit its key. */
export function compileFilter(filter: Filter, context: CompileContext): CompiledFilter {
  const conditions = filter.map((term) => compileTerm(term, context));
  return {
    condition: joinFragments(conditions, 'AND'),
    quick: filter.every((term) => isQuick(term, context.set)),
  };
}

function isQuick(term: Term, set: FieldSet): boolean {
  if (term.kind === 'text' || term.negated) return false;
  const field = findField(set, term.key);
  if (field?.kind === 'time') return true;
  if (field?.indexed !== true) return false;
  return term.patterns.every(({ kind }) => kind === 'value' || kind === 'exact');
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
  const { field } = input;
  switch (field.kind) {
    case 'text':
      return wrap(field, toTextCondition(input, field.value(input.dialect)));
    case 'content':
      return wrap(field, toContainsCondition(input, field.value(input.dialect)));
    case 'number':
    case 'duration':
    case 'money':
      return wrap(field, toNumberCondition(input, field.value(input.dialect)));
    case 'time':
      return wrap(field, toTimeCondition(input, field.value(input.dialect)));
    case 'enum':
      return wrap(field, toEnumCondition(input));
    case 'flag':
      return wrap(field, toFlagCondition(input));
    case 'tags':
      return toTagCondition(input);
    case 'metadata':
      return toMetadataCondition(input);
    case 'scores':
      return toScoreCondition(input);
    case 'presence':
      return toPresenceCondition(input);
  }
}

function wrap(field: Field, condition: Fragment): Fragment {
  if (field.within === undefined) return condition;
  return { sql: field.within(condition.sql), parameters: condition.parameters };
}

function toEnumCondition(input: PatternInput): Fragment {
  const { field, pattern, term } = input;
  const text = pattern.kind === 'value' || pattern.kind === 'exact' ? pattern.text : undefined;
  const known = field.values ?? [];
  const value = known.find((candidate) => candidate.toLowerCase() === text?.toLowerCase());
  if (value !== undefined) return fragment(`${field.value(input.dialect)} = ?`, value);
  const near = text === undefined ? [] : findNearest(text, known);
  throw invalidValue(term, `"${term.key}" is one of ${known.join(', ')}.`, near);
}

function toFlagCondition(input: PatternInput): Fragment {
  const { field, pattern, term } = input;
  const flag =
    pattern.kind === 'value' || pattern.kind === 'exact' ? parseFlag(pattern.text) : undefined;
  if (flag === undefined) throw invalidValue(term, `"${term.key}" is true or false.`);
  return fragment(`${field.value(input.dialect)} = ${flag ? 1 : 0}`);
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
