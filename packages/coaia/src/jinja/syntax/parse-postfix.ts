/** What may follow a value: `.name`, `[key]`, `(arguments)`, `| filter`, `is test`. */
import type { Arguments, Expression } from './nodes.ts';
import { place, type TokenStream } from './token-stream.ts';

/** The tokens, and the parts of the grammar that stand above this one. */
export interface Grammar {
  readonly stream: TokenStream;
  readonly expression: () => Expression;
  readonly primary: () => Expression;
}

const NOTHING: Arguments = { positional: [], keywords: [] };

/** Words that end a test instead of being its argument. */
const NO_ARGUMENT = ['else', 'or', 'and', 'is', 'if', 'in', 'not', 'recursive'] as const;

export function parsePostfix(grammar: Grammar, value: Expression): Expression {
  const { stream } = grammar;
  let result = value;
  while (true) {
    if (stream.isOperator('.')) result = parseAttribute(grammar, result);
    else if (stream.isOperator('[')) result = parseItem(grammar, result);
    else if (stream.isOperator('(')) {
      const at = place(stream.current);
      result = { kind: 'call', at, callee: result, args: parseArguments(grammar) };
    } else return result;
  }
}

/** The same, and filters and tests after it. */
export function parsePostfixAndFilters(grammar: Grammar, value: Expression): Expression {
  const { stream } = grammar;
  let result = parsePostfix(grammar, value);
  while (true) {
    if (stream.take('operator', '|')) result = parseFilter(grammar, result);
    else if (stream.isName('is')) result = parseTest(grammar, result);
    // A filter or test may give something that can be called.
    else if (stream.isOperator('(')) {
      const at = place(stream.current);
      result = { kind: 'call', at, callee: result, args: parseArguments(grammar) };
    } else return result;
  }
}

/** `name(arguments)` of one filter, after its bar or at the head of a filter block. */
export function parseFilter(grammar: Grammar, operand: Expression): Expression {
  const { stream } = grammar;
  const token = stream.expect('name');
  const name = parseDottedName(stream, token.value);
  const args = stream.isOperator('(') ? parseArguments(grammar) : NOTHING;
  return { kind: 'filter', at: place(token), name, operand, args };
}

function parseDottedName(stream: TokenStream, first: string) {
  let name = first;
  while (stream.take('operator', '.')) name += `.${stream.expect('name').value}`;
  return name;
}

function parseTest(grammar: Grammar, operand: Expression): Expression {
  const { stream } = grammar;
  stream.expect('name', 'is');
  const isNegated = stream.take('name', 'not') !== undefined;
  const token = stream.expect('name');
  const name = parseDottedName(stream, token.value);
  const args = parseTestArguments(grammar);
  const test: Expression = { kind: 'test', at: place(token), name, operand, args };
  return isNegated ? { kind: 'unary', operator: 'not', at: place(token), operand: test } : test;
}

function parseTestArguments(grammar: Grammar): Arguments {
  const { stream } = grammar;
  if (stream.isOperator('(')) return parseArguments(grammar);
  const isValue = stream.is('string') || stream.is('integer') || stream.is('float');
  const isWord = stream.is('name') && !stream.isName(...NO_ARGUMENT);
  if (!isValue && !isWord && !stream.isOperator('[', '{')) return NOTHING;
  return { positional: [parsePostfix(grammar, grammar.primary())], keywords: [] };
}

function parseAttribute(grammar: Grammar, object: Expression): Expression {
  const { stream } = grammar;
  stream.expect('operator', '.');
  const token = stream.next();
  const at = place(token);
  if (token.type === 'name') return { kind: 'attribute', at, object, name: token.value };
  if (token.type !== 'integer') throw stream.fail('Expected a name or a number after `.`', at);
  const key: Expression = { kind: 'constant', at, value: Number(token.value) };
  return { kind: 'item', at, object, key };
}

function parseItem(grammar: Grammar, object: Expression): Expression {
  const { stream } = grammar;
  const at = place(stream.expect('operator', '['));
  const bounds: (Expression | undefined)[] = [];
  let isSlice = false;
  let bound: Expression | undefined;
  while (!stream.isOperator(']')) {
    if (stream.take('operator', ':')) {
      bounds.push(bound);
      bound = undefined;
      isSlice = true;
    } else if (bound === undefined) bound = grammar.expression();
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
export function parseArguments(grammar: Grammar): Arguments {
  const { stream } = grammar;
  stream.expect('operator', '(');
  const positional: Expression[] = [];
  const keywords: (readonly [string, Expression])[] = [];
  const spreads: { spread?: Expression; keywordSpread?: Expression } = {};
  let isFirst = true;
  while (!stream.isOperator(')')) {
    if (!isFirst) stream.expect('operator', ',');
    if (stream.isOperator(')')) break;
    isFirst = false;
    if (stream.take('operator', '*')) spreads.spread = grammar.expression();
    else if (stream.take('operator', '**')) spreads.keywordSpread = grammar.expression();
    else if (stream.is('name') && stream.ahead.type === 'operator' && stream.ahead.value === '=') {
      const name = stream.next().value;
      stream.next();
      keywords.push([name, grammar.expression()]);
    } else if (keywords.length > 0) throw stream.fail('A positional argument follows a named one');
    else positional.push(grammar.expression());
  }
  stream.expect('operator', ')');
  return { positional, keywords, ...spreads };
}
