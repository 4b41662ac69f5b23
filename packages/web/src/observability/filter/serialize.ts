import type { Clause, FilterValue, ParsedFilter } from './filter.ts';

/** The filter as text in its one canonical form; `parseFilter` reads it back to the same clauses. */
export function toFilterText(clauses: readonly Clause[]): string {
  return clauses.map((clause) => toClauseText(clause)).join(' ');
}

/**
 * A text after its clauses were edited: those that stayed keep every character of what was typed, so that
 * spelling and forms this module does not know survive; only new and changed ones are written anew.
 */
export function toEditedText(
  source: string,
  before: Pick<ParsedFilter, 'clauses' | 'spans'>,
  after: readonly Clause[],
): string {
  return after
    .map((clause) => {
      const span = before.spans[before.clauses.indexOf(clause)];
      return span === undefined ? toClauseText(clause) : source.slice(span.start, span.end);
    })
    .join(' ');
}

/** One clause as text. */
export function toClauseText(clause: Clause): string {
  const sign = clause.negated ? '-' : '';
  if (clause.kind === 'text') return sign + toWord(clause.text, isPlainText);
  const path = clause.path
    .map((part) => `.${/^[\w-]+$/.test(part) ? part : toQuoted(part)}`)
    .join('');
  return `${sign}${clause.key}${path}:${toValueText(clause.value)}`;
}

function toValueText(value: FilterValue): string {
  switch (value.kind) {
    case 'is':
      return toWord(value.text, isPlainValue);
    case 'exact':
      return `=${toWord(value.text, isPlainValue)}`;
    case 'any':
      return toList(value.texts, ' OR ');
    case 'all':
      return toList(value.texts, ' AND ');
    case 'compare':
      return value.operator + toWord(value.text, isPlainComparison);
    case 'range':
      return `${value.from}..${value.to}`;
  }
}

function toList(texts: readonly string[], joint: string): string {
  return `(${texts.map((text) => toWord(text, isPlainItem)).join(joint)})`;
}

function toWord(text: string, isPlain: (text: string) => boolean): string {
  return isPlain(text) ? text : toQuoted(text);
}

function toQuoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

const solid = (text: string) => text !== '' && !/[\s"\\]/.test(text);

// `level://x` would be read as the start of an address.
function isPlainValue(text: string): boolean {
  return solid(text) && !/^(?:[(<>=]|\/\/)/.test(text) && !text.includes('..');
}

function isPlainComparison(text: string): boolean {
  return solid(text) && !text.startsWith('=');
}

function isPlainItem(text: string): boolean {
  return isPlainValue(text) && !/[()]/.test(text) && text !== 'OR' && text !== 'AND';
}

const joints = new Set(['AND', 'OR', 'NOT']);

// A bare word must not look like a key, a negation or a joint.
function isPlainText(text: string): boolean {
  return solid(text) && !/^-|[():]|\.$/.test(text) && !joints.has(text);
}
