/** The tokens of a template as the parser walks them. */
import { failAt, type Place } from '../errors.ts';

import { readTokens, type Token, type TokenType } from './lexer.ts';

/** Deepest nesting of tags and brackets; deeper ones are an attack, or a mistake. */
const MAX_DEPTH = 100;

export class TokenStream {
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;

  constructor(source: string) {
    this.#tokens = readTokens(source);
  }

  get current(): Token {
    return this.#at(this.#index);
  }

  get ahead(): Token {
    return this.#at(this.#index + 1);
  }

  next(): Token {
    const token = this.current;
    if (token.type !== 'end') this.#index++;
    return token;
  }

  is(type: TokenType, ...values: readonly string[]): boolean {
    const { current } = this;
    return current.type === type && (values.length === 0 || values.includes(current.value));
  }

  isOperator(...values: readonly string[]): boolean {
    return this.is('operator', ...values);
  }

  isName(...values: readonly string[]): boolean {
    return this.is('name', ...values);
  }

  /** Takes the token when it is the one asked for. */
  take(type: TokenType, ...values: readonly string[]): Token | undefined {
    return this.is(type, ...values) ? this.next() : undefined;
  }

  expect(type: TokenType, value?: string): Token {
    const found = value === undefined ? this.take(type) : this.take(type, value);
    if (found === undefined) throw this.fail(`Expected ${describe(type, value)}`);
    return found;
  }

  /** Runs a part of the parser one level deeper. */
  nest<T>(parse: () => T): T {
    this.#depth++;
    if (this.#depth > MAX_DEPTH)
      throw failAt('COAIA-0973', `More than ${MAX_DEPTH} levels of nesting`, this.current);
    const result = parse();
    this.#depth--;
    return result;
  }

  /** A syntax error at the current token, saying what stands there. */
  fail(message: string, at: Place = this.current) {
    const { type, value } = this.current;
    return failAt('COAIA-0970', `${message}, found ${describe(type, value)}`, at);
  }

  #at(index: number): Token {
    const token = this.#tokens[index] ?? this.#tokens.at(-1);
    if (token === undefined) throw new TypeError('a template has at least its end');
    return token;
  }
}

const WORDS: Readonly<Record<TokenType, string>> = {
  text: 'text',
  'block-begin': '`{%`',
  'block-end': '`%}`',
  'output-begin': '`{{`',
  'output-end': '`}}`',
  name: 'a name',
  integer: 'a number',
  float: 'a number',
  string: 'a text',
  operator: 'an operator',
  end: 'the end of the template',
};

function describe(type: TokenType, value?: string): string {
  const isQuotable = type === 'name' || type === 'operator' || type === 'integer';
  return isQuotable && value !== undefined ? `\`${value.slice(0, 40)}\`` : WORDS[type];
}

/** Line and column alone, without what else a token holds. */
export function place({ line, column }: Place): Place {
  return { line, column };
}
