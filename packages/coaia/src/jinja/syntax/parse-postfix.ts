/** What may follow a value: `.name`, `[key]`, `(arguments)`, `| filter`, `is test`. */
import { place, parseExpression, parsePrimary } from './parse-expression.ts';
import type { Arguments, Expression } from './nodes.ts';
import type { TokenStream } from './token-stream.ts';

const NOTHING: Arguments = { positional: [], keywords: [] };

/** Words that end a test instead of being its argument. */
const NO_ARGUMENT = ['else', 'or', 'and', 'is', 'if', 'in', 'not', 'recursive'] as const;

export function parsePostfix(stream: TokenStream, value: Expression): Expression {
  let result = value;
  while (true) {
    if (stream.isOperator('.')) result = parseAttribute(stream, result);
    else if (stream.isOperator('[')) result = parseItem(stream, result);
    else if (stream.isOperator('(')) {
      const at = place(stream.current);
      result = { kind: 'call', at, callee: result, args: parseArguments(stream) };
    } else return result;
  }
}

/** The same, and filters and tests after it. */
export function parsePostfixAndFilters(stream: TokenStream, value: Expression): Expression {
  let result = parsePostfix(stream, value);
  while (true) {
    if (stream.take('operator', '|')) result = parseFilter(stream, result);
    else if (stream.isName('is')) result = parseTest(stream, result);
    // A filter or test may give something that can be called.
    else if (stream.isOperator('(')) {
      const at = place(stream.current);
      result = { kind: 'call', at, callee: result, args: parseArguments(stream) };
    } else return result;
  }
}

/** `name(arguments)` of one filter, after its bar or at the head of a filter block. */
export function parseFilter(stream: TokenStream, operand: Expression): Expression {
  const token = stream.expect('name');
  const name = parseDottedName(stream, token.value);
  const args = stream.isOperator('(') ? parseArguments(stream) : NOTHING;
  return { kind: 'filter', at: place(token), name, operand, args };
}

function parseDottedName(stream: TokenStream, first: string) {
  let name = first;
  while (stream.take('operator', '.')) name += `.${stream.expect('name').value}`;
  return name;
}

function parseTest(stream: TokenStream, operand: Expression): Expression {
  stream.expect('name', 'is');
  const isNegated = stream.take('name', 'not') !== undefined;
  const token = stream.expect('name');
  const name = parseDottedName(stream, token.value);
  const args = parseTestArguments(stream);
  const test: Expression = { kind: 'test', at: place(token), name, operand, args };
  return isNegated ? { kind: 'unary', operator: 'not', at: place(token), operand: test } : test;
}

function parseTestArguments(stream: TokenStream): Arguments {
  if (stream.isOperator('(')) return parseArguments(stream);
  const isValue = stream.is('string') || stream.is('integer') || stream.is('float');
  const isWord = stream.is('name') && !stream.isName(...NO_ARGUMENT);
  if (!isValue && !isWord && !stream.isOperator('[', '{')) return NOTHING;
  return { positional: [parsePostfix(stream, parsePrimary(stream))], keywords: [] };
}

function parseAttribute(stream: TokenStream, object: Expression): Expression {
  stream.expect('operator', '.');
  const token = stream.next();
  const at = place(token);
  if (token.type === 'name') return { kind: 'attribute', at, object, name: token.value };
  if (token.type !== 'integer') throw stream.fail('Expected a name or a number after `.`', at);
  const key: Expression = { kind: 'constant', at, value: Number(token.value) };
  return { kind: 'item', at, object, key };
}

function parseItem(stream: TokenStream, object: Expression): Expression {
  const at = place(stream.expect('operator', '['));
  const bounds: (Expression | undefined)[] = [];
  let isSlice = false;
  let bound: Expression | undefined;
  while (!stream.isOperator(']')) {
    if (stream.take('operator', ':')) {
      bounds.push(bound);
      bound = undefined;
      isSlice = true;
    } else if (bound === undefined) bound = parseExpression(stream);
    else throw stream.fail('Expected `]`');
  }
  if (!isSlice && bound === undefined) throw stream.fail('Expected a key between `[` and `]`');
  stream.expect('operator', ']');
  bounds.push(bound);
  if (bounds.length > 3) throw stream.fail('A slice has at most three parts', at);
  if (isSlice) return { kind: 'slice', at, object, bounds };
  return bound === undefined ? object : { kind: 'item', at, object, key: bound };
}

/** `(a, b=1, *c, **d)`. */
export function parseArguments(stream: TokenStream): Arguments {
  stream.expect('operator', '(');
  const positional: Expression[] = [];
  const keywords: (readonly [string, Expression])[] = [];
  const spreads: { spread?: Expression; keywordSpread?: Expression } = {};
  let isFirst = true;
  while (!stream.isOperator(')')) {
    if (!isFirst) stream.expect('operator', ',');
    if (stream.isOperator(')')) break;
    isFirst = false;
    if (stream.take('operator', '*')) spreads.spread = parseExpression(stream);
    else if (stream.take('operator', '**')) spreads.keywordSpread = parseExpression(stream);
    else if (stream.is('name') && stream.ahead.type === 'operator' && stream.ahead.value === '=') {
      const name = stream.next().value;
      stream.next();
      keywords.push([name, parseExpression(stream)]);
    } else if (keywords.length > 0) throw stream.fail('A positional argument follows a named one');
    else positional.push(parseExpression(stream));
  }
  stream.expect('operator', ')');
  return { positional, keywords, ...spreads };
}
