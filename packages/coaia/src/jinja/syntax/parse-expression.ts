/** Expressions, loosest binding first, in the order of Jinja2's own grammar. */
import type { Place } from '../errors.ts';
import { Float } from '../values/kinds.ts';

import type { Comparison, Expression } from './nodes.ts';
import { parsePostfix, parsePostfixAndFilters, type Grammar } from './parse-postfix.ts';
import { place, type TokenStream } from './token-stream.ts';

const CONSTANTS = new Map<string, unknown>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;

/** What the postfix part of the grammar needs of this one. */
export function grammarOf(stream: TokenStream): Grammar {
  return {
    stream,
    expression: () => parseExpression(stream),
    primary: () => parsePrimary(stream),
  };
}

/** One expression with an optional `if ... else`. */
export function parseExpression(stream: TokenStream): Expression {
  return stream.nest(() => {
    let expression = parseOr(stream);
    while (stream.isName('if')) {
      const at = stream.next();
      const test = parseOr(stream);
      const no = stream.take('name', 'else') ? parseExpression(stream) : undefined;
      expression = { kind: 'choice', at: place(at), test, yes: expression, no };
    }
    return expression;
  });
}

/** One expression, or several with commas between them, which are a tuple. */
export function parseTuple(
  stream: TokenStream,
  parseItem: (stream: TokenStream) => Expression = parseExpression,
): Expression {
  const at = place(stream.current);
  const first = parseItem(stream);
  if (!stream.isOperator(',')) return first;
  const items = [first];
  while (stream.take('operator', ',')) {
    if (isTupleEnd(stream)) break;
    items.push(parseItem(stream));
  }
  return { kind: 'tuple', at, items };
}

function isTupleEnd(stream: TokenStream) {
  return (
    stream.is('output-end') ||
    stream.is('block-end') ||
    stream.isOperator(')', '=') ||
    stream.isName('in', 'if')
  );
}

export function parseOr(stream: TokenStream): Expression {
  let left = parseAnd(stream);
  while (stream.isName('or')) {
    const at = place(stream.next());
    left = { kind: 'binary', operator: 'or', at, left, right: parseAnd(stream) };
  }
  return left;
}

function parseAnd(stream: TokenStream): Expression {
  let left = parseNot(stream);
  while (stream.isName('and')) {
    const at = place(stream.next());
    left = { kind: 'binary', operator: 'and', at, left, right: parseNot(stream) };
  }
  return left;
}

function parseNot(stream: TokenStream): Expression {
  if (!stream.isName('not')) return parseCompare(stream);
  const at = place(stream.next());
  const operand = stream.nest(() => parseNot(stream));
  return { kind: 'unary', operator: 'not', at, operand };
}

function parseCompare(stream: TokenStream): Expression {
  const first = parseSum(stream);
  const at = place(stream.current);
  const rest: Comparison[] = [];
  for (let operator = takeComparison(stream); operator; operator = takeComparison(stream))
    rest.push({ operator, operand: parseSum(stream) });
  return rest.length === 0 ? first : { kind: 'compare', at, first, rest };
}

function takeComparison(stream: TokenStream): string | undefined {
  const operator = stream.take('operator', ...COMPARISONS)?.value;
  if (operator !== undefined) return operator;
  if (stream.take('name', 'in')) return 'in';
  if (!stream.isName('not') || stream.ahead.value !== 'in') return undefined;
  stream.next();
  stream.next();
  return 'not in';
}

function parseSum(stream: TokenStream): Expression {
  let left = parseConcat(stream);
  while (stream.isOperator('+', '-')) {
    const token = stream.next();
    const right = parseConcat(stream);
    left = { kind: 'binary', operator: token.value, at: place(token), left, right };
  }
  return left;
}

function parseConcat(stream: TokenStream): Expression {
  const first = parseProduct(stream);
  if (!stream.isOperator('~')) return first;
  const at = place(stream.current);
  const items = [first];
  while (stream.take('operator', '~')) items.push(parseProduct(stream));
  return { kind: 'concat', at, items };
}

function parseProduct(stream: TokenStream): Expression {
  let left = parsePower(stream);
  while (stream.isOperator('*', '/', '//', '%')) {
    const token = stream.next();
    const right = parsePower(stream);
    left = { kind: 'binary', operator: token.value, at: place(token), left, right };
  }
  return left;
}

function parsePower(stream: TokenStream): Expression {
  let left = parseUnary(stream);
  while (stream.isOperator('**')) {
    const at = place(stream.next());
    left = { kind: 'binary', operator: '**', at, left, right: parseUnary(stream) };
  }
  return left;
}

/** A sign binds looser than `.x` and tighter than a filter: `-3 | abs` is 3. */
function parseUnary(stream: TokenStream, withFilters = true): Expression {
  const sign = stream.take('operator', '-', '+');
  if (sign === undefined) {
    const primary = parsePrimary(stream);
    return withFilters
      ? parsePostfixAndFilters(grammarOf(stream), primary)
      : parsePostfix(grammarOf(stream), primary);
  }
  const operand = stream.nest(() => parseUnary(stream, false));
  const signed: Expression = {
    kind: 'unary',
    operator: sign.value === '-' ? '-' : '+',
    at: place(sign),
    operand,
  };
  return withFilters ? parsePostfixAndFilters(grammarOf(stream), signed) : signed;
}

export function parsePrimary(stream: TokenStream): Expression {
  const token = stream.next();
  const at = place(token);
  if (token.type === 'name')
    return CONSTANTS.has(token.value)
      ? { kind: 'constant', at, value: CONSTANTS.get(token.value) }
      : { kind: 'name', at, name: token.value };
  if (token.type === 'string') {
    let value = token.value;
    for (let more = stream.take('string'); more; more = stream.take('string')) value += more.value;
    return { kind: 'constant', at, value };
  }
  if (token.type === 'integer') return { kind: 'constant', at, value: toInteger(token.value) };
  if (token.type === 'float')
    return { kind: 'constant', at, value: Float.of(Number(token.value.replaceAll('_', ''))) };
  if (token.type === 'operator') {
    if (token.value === '(') return parseParenthesis(stream, at);
    if (token.value === '[') return parseList(stream, at);
    if (token.value === '{') return parseDict(stream, at);
  }
  throw stream.fail(`Expected a value at \`${token.value.slice(0, 40)}\``, at);
}

function toInteger(digits: string) {
  return Number(digits.replaceAll('_', ''));
}

function parseParenthesis(stream: TokenStream, at: Place): Expression {
  if (stream.take('operator', ')')) return { kind: 'tuple', at, items: [] };
  const inner = parseTuple(stream);
  stream.expect('operator', ')');
  return inner;
}

function parseList(stream: TokenStream, at: Place): Expression {
  const items: Expression[] = [];
  while (!stream.isOperator(']')) {
    if (items.length > 0) stream.expect('operator', ',');
    if (stream.isOperator(']')) break;
    items.push(parseExpression(stream));
  }
  stream.expect('operator', ']');
  return { kind: 'list', at, items };
}

function parseDict(stream: TokenStream, at: Place): Expression {
  const pairs: (readonly [Expression, Expression])[] = [];
  while (!stream.isOperator('}')) {
    if (pairs.length > 0) stream.expect('operator', ',');
    if (stream.isOperator('}')) break;
    const key = parseExpression(stream);
    stream.expect('operator', ':');
    pairs.push([key, parseExpression(stream)]);
  }
  stream.expect('operator', '}');
  return { kind: 'dict', at, pairs };
}
