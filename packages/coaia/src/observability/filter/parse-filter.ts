/**
 * The text grammar of filters (`q`): terms separated by spaces, all of which must hold.
 * Key, operator and shape are checked here; values are checked when the filter is compiled.
 */
import { readFailures } from '../errors.ts';
import { findField, type Field, type FieldSet } from './field.ts';
import type { Comparison, FieldTerm, Filter, Pattern, Position, Term } from './filter.ts';
import {
  isNext,
  readQuoted,
  readSpace,
  readValue,
  readWord,
  LIST_VALUE_END,
  toSyntaxError,
  VALUE_END,
  type RawValue,
  type Reader,
} from './reader.ts';
import { findNearest } from '#base';

const MAX_LENGTH = 8000;
const MAX_TERMS = 100;
/**
 * A key and its colon: letters first, then dotted members, each of which may be quoted. The start of an address
 * (`https://`) is text.
 */
const KEY = /[A-Za-z_][\w-]*(?:\.(?:[\w-]+|"(?:[^"\\]|\\.)*"))*:(?!\/\/)/y;
const COMPARISONS: readonly Comparison[] = ['>=', '<=', '>', '<'];
/** What a key alone (`metadata.`) looks like: most likely unfinished, never meant as text. */
const UNFINISHED = /^(?:metadata|scores?|tracescores?)\.$/i;

/**
 * Parses filter text for one kind of thing.
 * Fails with COAIA-1020 for broken grammar and COAIA-1021 for a key that does not exist; both carry the place.
 */
export function parseFilter(text: string, set: FieldSet): Filter {
  const reader: Reader = { text, at: 0 };
  if (text.length > MAX_LENGTH) {
    throw toSyntaxError(reader, 0, `The filter is longer than ${MAX_LENGTH} characters.`);
  }
  const terms: Term[] = [];
  for (;;) {
    readSpace(reader);
    const start = reader.at;
    if (start >= text.length) return terms;
    if (readWord(reader, 'AND')) continue;
    if (readWord(reader, 'OR')) {
      throw toSyntaxError(reader, start, 'OR joins values of one key, not terms.', 'key:(a OR b)');
    }
    terms.push(parseTerm(reader, set));
    if (terms.length > MAX_TERMS) {
      throw toSyntaxError(reader, start, `The filter has more than ${MAX_TERMS} terms.`);
    }
  }
}

function parseTerm(reader: Reader, set: FieldSet): Term {
  const start = reader.at;
  const negated = parseNegation(reader);
  const position = (): Position => ({ start, length: reader.at - start });
  KEY.lastIndex = reader.at;
  const key = KEY.exec(reader.text)?.[0];
  if (key !== undefined) {
    const { field, path } = parseKey(reader, key.slice(0, -1), set);
    reader.at += key.length;
    const { join, patterns } = parseMatch(reader, field, start);
    return { kind: 'field', key: field.key, path, join, patterns, negated, position: position() };
  }
  return { kind: 'text', parts: parseWords(reader, start), negated, position: position() };
}

function parseWords(reader: Reader, start: number): readonly string[] {
  const raw = readValue(reader, VALUE_END);
  const [first = ''] = raw.parts;
  if (raw.quoted) return joinRange(raw);
  if (UNFINISHED.test(first)) {
    throw toSyntaxError(reader, start, 'The key is not finished.', `${first}name:value`);
  }
  if (raw.parts.join('') === '' && raw.upTo === undefined) {
    throw toSyntaxError(reader, start, 'A word or key:value was expected.', 'put text in quotes');
  }
  if (first.startsWith('(')) {
    throw toSyntaxError(
      reader,
      start,
      'Brackets stand only after a key.',
      'key:(a OR b), or put text in quotes',
    );
  }
  return joinRange(raw);
}

/** Two dots mean a range only after a key; in words they are just text. */
function joinRange(raw: RawValue): readonly string[] {
  if (raw.upTo === undefined) return raw.parts;
  const [first = '', ...rest] = raw.upTo;
  return [...raw.parts.slice(0, -1), `${raw.parts.at(-1) ?? ''}..${first}`, ...rest];
}

function parseNegation(reader: Reader): boolean {
  const start = reader.at;
  if (readWord(reader, 'NOT')) {
    readSpace(reader);
    if (reader.at < reader.text.length) return true;
    throw toSyntaxError(reader, start, 'NOT stands before a term.', '-key:value');
  }
  const after = reader.text[reader.at + 1];
  if (!isNext(reader, '-') || after === undefined || /\s/.test(after)) return false;
  reader.at++;
  return true;
}

function parseKey(reader: Reader, typed: string, set: FieldSet) {
  const root = /^[\w-]+/.exec(typed)?.[0] ?? typed;
  const path = parsePath(typed.slice(root.length));
  const field = findField(set, root);
  const takesPath = field?.kind === 'metadata' || field?.kind === 'scores';
  if (field !== undefined && takesPath === path.length > 0) return { field, path };
  throw toUnknownKey(typed, reader.at, set, field);
}

function parsePath(dotted: string): readonly string[] {
  const inner: Reader = { text: dotted, at: 0 };
  const path: string[] = [];
  while (inner.at < dotted.length) {
    inner.at++;
    if (isNext(inner, '"')) path.push(readQuoted(inner));
    else {
      const end = /^[\w-]+/.exec(dotted.slice(inner.at))?.[0] ?? '';
      path.push(end);
      inner.at += end.length;
    }
  }
  return path;
}

function toUnknownKey(typed: string, at: number, set: FieldSet, field: Field | undefined) {
  const needsPath = field?.kind === 'metadata' || field?.kind === 'scores';
  const listed = set.fields.filter(({ unlisted }) => unlisted !== true);
  const names = listed.flatMap(({ key, aliases }) => [key, ...aliases]);
  const near = findNearest(typed.split('.')[0] ?? typed, names);
  const suggestions = needsPath ? [`${field.key}.name`] : [...new Set(near)];
  const hint =
    suggestions.length > 0
      ? `did you mean ${suggestions.join(', ')}? To search for the text itself use quotes: "${typed}:"`
      : `to search for the text itself use quotes: "${typed}:"`;
  return readFailures.create('COAIA-1021', `The filter key "${typed}" does not exist.`, {
    hint,
    details: { position: at, length: typed.length, suggestions },
  });
}

function parseMatch(
  reader: Reader,
  field: Field,
  start: number,
): { readonly join: FieldTerm['join']; readonly patterns: readonly Pattern[] } {
  if (!isNext(reader, '(')) {
    return { join: 'any', patterns: [parsePattern(reader, field, start, VALUE_END)] };
  }
  reader.at++;
  const patterns: Pattern[] = [];
  let join: FieldTerm['join'] | undefined;
  for (;;) {
    readSpace(reader);
    patterns.push(parsePattern(reader, field, start, LIST_VALUE_END));
    readSpace(reader);
    if (isNext(reader, ')')) break;
    const word = readJoin(reader);
    if (word === undefined || (join !== undefined && join !== word)) {
      throw toSyntaxError(
        reader,
        start,
        'Values in brackets are joined by OR, or all by AND, and the bracket is closed.',
        `${field.key}:(a OR b)`,
      );
    }
    join = word;
  }
  reader.at++;
  return { join: join ?? 'any', patterns };
}

function readJoin(reader: Reader): FieldTerm['join'] | undefined {
  if (readWord(reader, 'OR')) return 'any';
  return readWord(reader, 'AND') ? 'all' : undefined;
}

function parsePattern(reader: Reader, field: Field, start: number, stop: RegExp): Pattern {
  const operator = COMPARISONS.find((candidate) => isNext(reader, candidate));
  const exact = operator === undefined && isNext(reader, '=');
  reader.at += operator?.length ?? (exact ? 1 : 0);
  const raw = readValue(reader, stop);
  const pattern = toPattern(raw, operator, exact);
  if (pattern !== undefined) return pattern;
  throw toSyntaxError(
    reader,
    start,
    `A value for "${field.key}" was expected.`,
    `${field.key}:value, or ${field.key}:"" for an empty text`,
  );
}

function toPattern(
  raw: RawValue,
  operator: Comparison | undefined,
  exact: boolean,
): Pattern | undefined {
  const text = raw.parts.join('*');
  if (text === '' && !raw.quoted) return undefined;
  if (raw.upTo !== undefined) {
    const to = raw.upTo.join('*');
    if (operator !== undefined || exact || to === '') return undefined;
    return { kind: 'range', from: text, to };
  }
  if (operator !== undefined) return { kind: 'compare', operator, text };
  if (raw.parts.length > 1) return { kind: 'glob', parts: raw.parts, exact };
  return exact ? { kind: 'exact', text } : { kind: 'value', text };
}
