/** Cuts a template into text and the words of its tags, each with its place. */
import { failAt, type Place } from '../errors.ts';

import { readString } from './string-literal.ts';

export type TokenType =
  | 'text'
  | 'block-begin'
  | 'block-end'
  | 'output-begin'
  | 'output-end'
  | 'name'
  | 'integer'
  | 'float'
  | 'string'
  | 'operator'
  | 'end';

export interface Token extends Place {
  readonly type: TokenType;
  /** Text, name, operator, unescaped string, or the digits of a number. */
  readonly value: string;
  /** Where it begins and ends in the source, in UTF-16 units. */
  readonly start: number;
  readonly stop: number;
}

/** Longest template, in UTF-16 units. */
const MAX_SOURCE = 1_000_000;

const SPACE = /\s+/y;
const WORDS: readonly (readonly [TokenType, RegExp])[] = [
  ['float', /(?<!\.)\d+(?:_\d+)*(?:\.\d+(?:_\d+)*(?:e[+-]?\d+(?:_\d+)*)?|e[+-]?\d+(?:_\d+)*)/iy],
  ['integer', /0b[01]+(?:_[01]+)*|0o[0-7]+(?:_[0-7]+)*|0x[\da-f]+(?:_[\da-f]+)*|\d+(?:_\d+)*/iy],
  ['name', /[\p{ID_Start}_][\p{ID_Continue}]*/uy],
  ['string', /'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*"/y],
  ['operator', /\*\*|\/\/|==|!=|<=|>=|[-+*/%~<>=.:|,;()[\]{}]/y],
];

const RAW = /\{%[-+]?\s*raw\s*-?%\}/y;
const END_RAW = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/g;
const OPENERS = /\{[{%#]/g;
const CLOSERS = { ')': '(', ']': '[', '}': '{' } as const;

/** Every token of a template, the last of type `end`. @throws COAIA-0970 and, when too long, COAIA-0973. */
export function readTokens(template: string): readonly Token[] {
  return new Lexer(template).read();
}

class Lexer {
  readonly #source: string;
  readonly #lineStarts: number[] = [0];
  readonly #tokens: Token[] = [];
  #position = 0;
  #trimNext = false;

  constructor(template: string) {
    const start = { line: 1, column: 1 };
    if (template.length > MAX_SOURCE)
      throw failAt('COAIA-0973', `The template is longer than ${MAX_SOURCE} characters`, start);
    // Jinja2 reads every kind of line end as one, and drops the last.
    this.#source = template.replaceAll(/\r\n?/g, '\n').replace(/\n$/, '');
    for (let at = this.#source.indexOf('\n'); at !== -1; at = this.#source.indexOf('\n', at + 1))
      this.#lineStarts.push(at + 1);
  }

  read(): readonly Token[] {
    while (this.#position < this.#source.length) this.#readTextAndTag();
    this.#add('end', '', this.#source.length, this.#source.length);
    return this.#tokens;
  }

  #readTextAndTag() {
    OPENERS.lastIndex = this.#position;
    const found = OPENERS.exec(this.#source);
    const start = found?.index ?? this.#source.length;
    const opener = found?.[0] ?? '';
    const sign = this.#source[start + 2];
    this.#addText(this.#position, start, opener !== '' && sign === '-');
    this.#position = start;
    if (opener === '{#') this.#skipComment();
    else if (opener === '{{') this.#readTag('output');
    else if (opener !== '' && this.#isRaw()) this.#readRaw();
    else if (opener !== '') this.#readTag('block');
  }

  #addText(start: number, stop: number, trimEnd: boolean) {
    let text = this.#source.slice(start, stop);
    if (this.#trimNext) text = text.trimStart();
    if (trimEnd) text = text.trimEnd();
    this.#trimNext = false;
    if (text !== '') this.#add('text', text, start, stop);
  }

  #skipComment() {
    const end = this.#source.indexOf('#}', this.#position + 2);
    if (end === -1) throw this.#fail('A comment `{#` has no `#}`', this.#position);
    this.#trimNext = this.#source[end - 1] === '-' && end - 1 > this.#position + 1;
    this.#position = end + 2;
  }

  #isRaw() {
    RAW.lastIndex = this.#position;
    return RAW.test(this.#source);
  }

  #readRaw() {
    const begin = this.#position;
    this.#trimNext = this.#source[RAW.lastIndex - 3] === '-';
    END_RAW.lastIndex = RAW.lastIndex;
    const end = END_RAW.exec(this.#source);
    if (end === null) throw this.#fail('`{% raw %}` has no `{% endraw %}`', begin);
    this.#addText(RAW.lastIndex, end.index, end[1] === '-');
    this.#trimNext = end[2] === '-';
    this.#position = end.index + end[0].length;
  }

  #readTag(kind: 'output' | 'block') {
    const begin = this.#position;
    const sign = this.#source[begin + 2];
    const opening = sign === '-' || sign === '+' ? 3 : 2;
    const closing = kind === 'output' ? '}}' : '%}';
    this.#add(`${kind}-begin`, '', begin, begin + opening);
    this.#position += opening;
    const open: string[] = [];
    while (true) {
      this.#position = this.#match(SPACE)?.stop ?? this.#position;
      const last = this.#source[this.#position];
      const skip = last === '-' || last === '+' ? 1 : 0;
      if (open.length === 0 && this.#source.startsWith(closing, this.#position + skip)) {
        this.#add(`${kind}-end`, '', this.#position, this.#position + skip + 2);
        this.#position += skip + 2;
        this.#trimNext = last === '-';
        return;
      }
      if (this.#position >= this.#source.length)
        throw this.#fail(`A tag has no \`${closing}\``, begin);
      this.#readWord(open);
    }
  }

  #readWord(open: string[]) {
    for (const [type, pattern] of WORDS) {
      const found = this.#match(pattern);
      if (found === undefined) continue;
      if (type === 'operator') this.#balance(found.text, open);
      this.#add(
        type,
        type === 'string' ? readString(found.text) : found.text,
        this.#position,
        found.stop,
      );
      this.#position = found.stop;
      return;
    }
    const shown = String.fromCodePoint(this.#source.codePointAt(this.#position) ?? 0);
    const isQuote = shown === '"' || shown === "'";
    throw this.#fail(
      isQuote ? 'A text has no closing quote' : `Unexpected \`${shown}\``,
      this.#position,
    );
  }

  #balance(operator: string, open: string[]) {
    if (operator === '(' || operator === '[' || operator === '{') open.push(operator);
    if (operator !== ')' && operator !== ']' && operator !== '}') return;
    if (open.pop() !== CLOSERS[operator])
      throw this.#fail(`Unexpected \`${operator}\``, this.#position);
  }

  #match(pattern: RegExp) {
    pattern.lastIndex = this.#position;
    const text = pattern.exec(this.#source)?.[0];
    return text === undefined ? undefined : { text, stop: this.#position + text.length };
  }

  #add(type: TokenType, value: string, start: number, stop: number) {
    this.#tokens.push({ type, value, start, stop, ...this.#place(start) });
  }

  /** Line and column of a position: the last line that starts at or before it. */
  #place(position: number): Place {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: position - (this.#lineStarts[low] ?? 0) + 1 };
  }

  #fail(message: string, position: number) {
    return failAt('COAIA-0970', message, this.#place(position));
  }
}
