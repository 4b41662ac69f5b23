import type {
  Clause,
  CompareOperator,
  FilterProblem,
  FilterValue,
  ParsedFilter,
  Span,
} from './filter.ts';
import {
  builtInKeys,
  findNearKeys,
  isKnownKey,
  pathKeys,
  toCanonicalKey,
  type FilterKey,
} from './keys.ts';
import { findNonSpace, readBare, readQuoted, readWord } from './read-token.ts';

interface Reader {
  readonly source: string;
  readonly known: readonly FilterKey[];
  readonly clauses: Clause[];
  readonly spans: Span[];
  readonly problems: FilterProblem[];
}

/** Reads a filter. Never throws: what cannot be read is in `problems`, the rest in `clauses`. */
export function parseFilter(
  source: string,
  known: readonly FilterKey[] = builtInKeys,
): ParsedFilter {
  const reader: Reader = { source, known, clauses: [], spans: [], problems: [] };
  let at = findNonSpace(source, 0);
  while (at < source.length) {
    const next = readClause(reader, at);
    at = findNonSpace(source, Math.max(next, at + 1));
  }
  return reader;
}

function readClause(reader: Reader, start: number): number {
  const { source } = reader;
  const negated =
    source[start] === '-' && start + 1 < source.length && !/\s/.test(source[start + 1] ?? ' ');
  const at = negated ? start + 1 : start;
  const keyed = readKey(reader, at);
  if (keyed === undefined) return readText(reader, start, at, negated);
  const value = readValue(reader, keyed.next, start);
  if (value === undefined) return Math.max(keyed.next, findNonSpace(source, keyed.next));
  const key = toCanonicalKey(keyed.key, reader.known);
  if (!isKnownKey(keyed.key, reader.known)) addUnknownKey(reader, keyed.key, at);
  reader.clauses.push({ kind: 'field', key, path: keyed.path, negated, value: value.value });
  reader.spans.push({ start, end: value.next });
  return value.next;
}

function addUnknownKey(reader: Reader, key: string, start: number): void {
  reader.problems.push({
    start,
    end: start + key.length,
    soft: true,
    message: `There is no key "${key}".`,
    suggestions: findNearKeys(key, reader.known),
  });
}

function readText(reader: Reader, start: number, at: number, negated: boolean): number {
  const word = readWord(reader.source, at, '');
  if (!word.closed) addProblem(reader, at, word.next, 'The quote is not closed.');
  // AND between clauses is allowed and means nothing more than the space.
  if (!word.quoted && word.text === 'AND') return word.next;
  if (word.text !== '') {
    reader.clauses.push({ kind: 'text', text: word.text, negated });
    reader.spans.push({ start, end: word.next });
  }
  return word.next;
}

function addProblem(reader: Reader, start: number, end: number, message: string): void {
  reader.problems.push({ start, end, soft: false, message, suggestions: [] });
}

interface Keyed {
  readonly key: string;
  readonly path: readonly string[];
  readonly next: number;
}

const keyPattern = /[A-Za-z_][\w-]*/y;

function readKey(reader: Reader, at: number): Keyed | undefined {
  const { source } = reader;
  keyPattern.lastIndex = at;
  const key = keyPattern.exec(source)?.[0];
  if (key === undefined) return undefined;
  let next = at + key.length;
  const path: string[] = [];
  while (source[next] === '.') {
    const part = readWord(source, next + 1, '.:"');
    if (part.text === '' && !part.quoted) return undefined;
    path.push(part.text);
    next = part.next;
  }
  if (source[next] !== ':') return undefined;
  if (path.length > 0 && !pathKeys.includes(key.toLowerCase())) return undefined;
  // An address or a time is text, not a key.
  if (source.startsWith('//', next + 1)) return undefined;
  return { key: path.length > 0 ? key.toLowerCase() : key, path, next: next + 1 };
}

interface Valued {
  readonly value: FilterValue;
  readonly next: number;
}

function readValue(reader: Reader, at: number, start: number): Valued | undefined {
  const { source } = reader;
  if (source[at] === '(') return readList(reader, at, start);
  const operator = readOperator(source, at);
  if (operator !== undefined) {
    const word = readWord(source, at + operator.length, '');
    if (word.text === '') {
      addMissing(reader, start, word.next);
      return undefined;
    }
    return { value: { kind: 'compare', operator, text: word.text }, next: word.next };
  }
  if (source[at] === '=') return readExact(reader, at + 1, start);
  if (source[at] === '"') {
    const word = readQuoted(source, at);
    if (!word.closed) addProblem(reader, at, word.next, 'The quote is not closed.');
    return { value: { kind: 'is', text: word.text }, next: word.next };
  }
  const word = readBare(source, at, '');
  if (word.text === '') {
    addMissing(reader, start, at);
    return undefined;
  }
  return { value: toRange(word.text) ?? { kind: 'is', text: word.text }, next: word.next };
}

function readExact(reader: Reader, at: number, start: number): Valued | undefined {
  const word = readWord(reader.source, at, '');
  if (word.text === '' && !word.quoted) {
    addMissing(reader, start, word.next);
    return undefined;
  }
  return { value: { kind: 'exact', text: word.text }, next: word.next };
}

function addMissing(reader: Reader, start: number, end: number): void {
  addProblem(reader, start, end, 'A value is missing after the colon.');
}

function readOperator(source: string, at: number): CompareOperator | undefined {
  return (['>=', '<=', '>', '<'] as const).find((one) => source.startsWith(one, at));
}

function toRange(text: string): FilterValue | undefined {
  const dots = text.indexOf('..');
  if (dots <= 0 || dots + 2 >= text.length) return undefined;
  return { kind: 'range', from: text.slice(0, dots), to: text.slice(dots + 2) };
}

function readList(reader: Reader, at: number, start: number): Valued | undefined {
  const { source } = reader;
  const texts: string[] = [];
  let joint: 'OR' | 'AND' | undefined;
  let index = findNonSpace(source, at + 1);
  while (index < source.length && source[index] !== ')') {
    const word = readWord(source, index, ')');
    if (!word.quoted && (word.text === 'OR' || word.text === 'AND')) {
      if (joint !== undefined && joint !== word.text) {
        addProblem(reader, index, word.next, 'One list takes either OR or AND.');
      }
      joint = word.text;
    } else texts.push(word.text);
    index = findNonSpace(source, word.next);
  }
  const next = Math.min(index + 1, source.length);
  if (source[index] !== ')') addProblem(reader, at, next, 'The bracket is not closed.');
  if (texts.length === 0) {
    addMissing(reader, start, next);
    return undefined;
  }
  return { value: { kind: joint === 'AND' ? 'all' : 'any', texts }, next };
}
