/** SQL for texts: equality, lists, globs and full text. */
import type { Dialect } from '#store';
import { invalidValue, type CompileContext, type PatternInput } from './compile-context.ts';
import type { Pattern } from './filter.ts';
import { fragment, joinFragments, type Fragment } from './fragment.ts';

/** Short text: equality, or a glob. */
export function toTextCondition(input: PatternInput, expression: string): Fragment {
  const { pattern, dialect, term } = input;
  switch (pattern.kind) {
    case 'value':
    case 'exact':
      return fragment(`${expression} = ?`, pattern.text);
    case 'glob':
      return toGlob(expression, pattern.parts, pattern.exact, dialect);
    default:
      throw invalidValue(term, `"${term.key}" is a text and cannot be compared by size.`);
  }
}

/** Several equalities on one column as a list, so that one prepared text serves any number of values. */
export function toTextList(
  patterns: readonly Pattern[],
  expression: string,
  dialect: Dialect,
): Fragment | undefined {
  if (patterns.length < 2) return undefined;
  const texts: string[] = [];
  for (const pattern of patterns) {
    if (pattern.kind !== 'value' && pattern.kind !== 'exact') return undefined;
    texts.push(pattern.text);
  }
  return fragment(dialect.inList(expression), JSON.stringify(texts));
}

/** Long text: a plain value is "contains". Values are stored as JSON, so equality compares with its text too. */
export function toContainsCondition(input: PatternInput, expression: string): Fragment {
  const { pattern, dialect } = input;
  if (pattern.kind === 'value') return toContains(expression, [pattern.text], dialect);
  if (pattern.kind === 'exact') {
    return fragment(`${expression} IN (?, ?)`, pattern.text, JSON.stringify(pattern.text));
  }
  if (pattern.kind !== 'glob') return toTextCondition(input, expression);
  // A stored JSON text begins and ends with a quote, which is not part of what people search.
  const [first = '', ...rest] = pattern.parts;
  const last = rest.pop() ?? '';
  const plain = toGlob(expression, pattern.parts, pattern.exact, dialect);
  const parts = [first === '' ? '' : `"${first}`, ...rest, last === '' ? '' : `${last}"`];
  if (first === '' && last === '') return plain;
  const quoted = toGlob(expression, parts, pattern.exact, dialect);
  return joinFragments([plain, quoted], 'OR') ?? plain;
}

/** Bare words: anywhere in name, input or output, or exactly an id. */
export function toFullText(parts: readonly string[], context: CompileContext): Fragment {
  const { contains, equals } = context.set.fullText;
  const found = contains.map((column) => toContains(column, parts, context.dialect));
  const ids =
    parts.length === 1 ? equals.map((column) => fragment(`${column} = ?`, parts[0] ?? '')) : [];
  return joinFragments([...found, ...ids], 'OR') ?? fragment('true');
}

function toContains(expression: string, parts: readonly string[], dialect: Dialect): Fragment {
  return fragment(dialect.like(expression), `%${parts.map(escapeLike).join('%')}%`);
}

/** Case-insensitive by LIKE; for exact case every part is looked for again as it is written. */
function toGlob(
  expression: string,
  parts: readonly string[],
  exact: boolean,
  dialect: Dialect,
): Fragment {
  const like = fragment(dialect.like(expression), parts.map(escapeLike).join('%'));
  if (!exact) return like;
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const conditions = [like];
  if (first !== '') {
    conditions.push(fragment(`substr(${expression}, 1, ${countCharacters(first)}) = ?`, first));
  }
  for (const part of parts.slice(1, -1).filter(Boolean)) {
    // Both databases know replace(); neither knows the other's instr and strpos.
    conditions.push(fragment(`replace(${expression}, ?, '') <> ${expression}`, part));
  }
  if (last !== '') {
    const from = `length(${expression}) - ${countCharacters(last) - 1}`;
    conditions.push(fragment(`substr(${expression}, ${from}) = ?`, last));
  }
  return joinFragments(conditions, 'AND') ?? like;
}

/** Wildcards of LIKE taken literally; the escape character is the backslash, as in `toLikePattern`. */
function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

/** Characters as both databases count them: code points, not UTF-16 units. */
function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
