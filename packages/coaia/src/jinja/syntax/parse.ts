/** Statements: text, output, and the block tags. */
import { nearestHint } from './nearest-hint.ts';
import { failAt } from '../errors.ts';

import {
  BODY_NAME,
  type Branch,
  type Expression,
  type Parameter,
  type Statement,
} from './nodes.ts';
import {
  parseExpression,
  parseOr,
  parsePrimary,
  parseTuple,
  grammarOf,
} from './parse-expression.ts';
import { parseFilter, parsePostfix } from './parse-postfix.ts';
import { place, TokenStream } from './token-stream.ts';

/** Tags that would read another file. */
const FORBIDDEN: ReadonlySet<string> = new Set(['include', 'import', 'from', 'extends']);

/** Reads a whole template. @throws COAIA-0970, 0973, 0975 with line and column. */
export function parseTemplate(source: string): readonly Statement[] {
  // Places are counted in the text as Jinja2 reads it, so the tags' own text is cut from that.
  const text = source.replaceAll(/\r\n?/g, '\n');
  const parser = new Parser(text);
  return parser.readAll();
}

type TagParser = (parser: Parser) => Statement;

class Parser {
  readonly stream: TokenStream;
  readonly #source: string;
  #loops = 0;

  constructor(source: string) {
    this.#source = source;
    this.stream = new TokenStream(source);
  }

  readAll(): readonly Statement[] {
    const body = this.#readStatements(() => this.stream.is('end'));
    return body;
  }

  /** Statements up to one of the tags named, whose `{%` and name are taken. */
  readUntil(...ends: readonly string[]): { body: readonly Statement[]; end: string } {
    this.stream.expect('block-end');
    const body = this.stream.nest(() =>
      this.#readStatements(
        () =>
          this.stream.is('block-begin') &&
          this.stream.ahead.type === 'name' &&
          ends.includes(this.stream.ahead.value),
        ends[0],
      ),
    );
    this.stream.next();
    return { body, end: this.stream.next().value };
  }

  readBody(...ends: readonly string[]): readonly Statement[] {
    return this.readUntil(...ends).body;
  }

  /** Inside a loop, where `break` and `continue` may stand. */
  inLoop<T>(read: () => T): T {
    this.#loops++;
    const result = read();
    this.#loops--;
    return result;
  }

  get isInLoop() {
    return this.#loops > 0;
  }

  #readStatements(isEnd: () => boolean, awaited?: string): readonly Statement[] {
    const statements: Statement[] = [];
    while (!isEnd()) {
      if (this.stream.is('end')) throw this.stream.fail(`Expected \`{% ${awaited ?? ''} %}\``);
      statements.push(this.#readStatement());
    }
    return statements;
  }

  #readStatement(): Statement {
    const token = this.stream.next();
    const at = place(token);
    if (token.type === 'text') return { kind: 'text', at, text: token.value };
    if (token.type === 'output-begin') {
      const expression = parseTuple(this.stream);
      const end = this.stream.expect('output-end');
      return { kind: 'output', at, expression, source: this.#source.slice(token.start, end.stop) };
    }
    const name = this.stream.expect('name');
    if (FORBIDDEN.has(name.value))
      throw failAt(
        'COAIA-0975',
        `\`{% ${name.value} %}\` reads another file, which templates may not`,
        at,
      );
    const parse = tags.get(name.value);
    if (parse === undefined)
      throw failAt(
        'COAIA-0970',
        `There is no tag \`${name.value.slice(0, 40)}\`${nearestHint(name.value, [...tags.keys()])}`,
        at,
      );
    const statement = parse(this);
    this.stream.expect('block-end');
    return statement;
  }
}

const tags: ReadonlyMap<string, TagParser> = new Map<string, TagParser>([
  ['if', parseIf],
  ['for', parseFor],
  ['set', parseSet],
  ['with', parseWith],
  ['macro', parseMacro],
  ['call', parseCallBlock],
  ['filter', parseFilterBlock],
  ['block', parseBlock],
  [
    'do',
    ({ stream }) => ({ kind: 'do', at: place(stream.current), expression: parseTuple(stream) }),
  ],
  ['break', (parser) => parseJump(parser, 'break')],
  ['continue', (parser) => parseJump(parser, 'continue')],
]);

function parseIf(parser: Parser): Statement {
  const at = place(parser.stream.current);
  const branches: Branch[] = [];
  let word = 'if';
  while (word === 'if' || word === 'elif') {
    const test = parseTuple(parser.stream, parseExpression);
    const part = parser.readUntil('endif', 'elif', 'else');
    branches.push({ test, body: part.body });
    word = part.end;
  }
  const otherwise = word === 'else' ? parser.readBody('endif') : [];
  return { kind: 'if', at, branches, otherwise };
}

function parseFor(parser: Parser): Statement {
  const { stream } = parser;
  const at = place(stream.current);
  const target = parseTarget(parser, parseTuple(stream, parsePrimary));
  stream.expect('name', 'in');
  const iterable = parseTuple(stream, parseOr);
  const filter = stream.take('name', 'if') ? parseExpression(stream) : undefined;
  const isRecursive = stream.take('name', 'recursive') !== undefined;
  const part = parser.inLoop(() => parser.readUntil('endfor', 'else'));
  const otherwise = part.end === 'else' ? parser.readBody('endfor') : [];
  return { kind: 'for', at, target, iterable, filter, isRecursive, body: part.body, otherwise };
}

function parseSet(parser: Parser): Statement {
  const { stream } = parser;
  const at = place(stream.current);
  const target = parseTarget(
    parser,
    parseTuple(stream, (inner) => parsePostfix(grammarOf(inner), parsePrimary(inner))),
  );
  if (stream.take('operator', '=')) return { kind: 'set', at, target, value: parseTuple(stream) };
  const filter = stream.take('operator', '|') ? parseFilters(parser) : undefined;
  return { kind: 'capture', at, target, filter, body: parser.readBody('endset') };
}

/** Names, tuples of names, and `namespace.name` can be given a value. */
function parseTarget(parser: Parser, target: Expression): Expression {
  const isName =
    target.kind === 'name' && !['true', 'false', 'none'].includes(target.name.toLowerCase());
  const isField = target.kind === 'attribute' && target.object.kind === 'name';
  if (target.kind === 'tuple') for (const item of target.items) parseTarget(parser, item);
  else if (!isName && !isField)
    throw parser.stream.fail('Only a name can be given a value', target.at);
  return target;
}

function parseFilters(parser: Parser): Expression {
  const { stream } = parser;
  let filter = parseFilter(grammarOf(stream), {
    kind: 'name',
    at: place(stream.current),
    name: BODY_NAME,
  });
  while (stream.take('operator', '|')) filter = parseFilter(grammarOf(stream), filter);
  return filter;
}

function parseFilterBlock(parser: Parser): Statement {
  const at = place(parser.stream.current);
  const filter = parseFilters(parser);
  return { kind: 'filter-block', at, filter, body: parser.readBody('endfilter') };
}

function parseWith(parser: Parser): Statement {
  const { stream } = parser;
  const at = place(stream.current);
  const pairs: (readonly [Expression, Expression])[] = [];
  while (!stream.is('block-end')) {
    if (pairs.length > 0) stream.expect('operator', ',');
    const target = parseTarget(parser, parsePrimary(stream));
    stream.expect('operator', '=');
    pairs.push([target, parseExpression(stream)]);
  }
  return { kind: 'with', at, pairs, body: parser.readBody('endwith') };
}

function parseParameters(parser: Parser): readonly Parameter[] {
  const { stream } = parser;
  const parameters: Parameter[] = [];
  stream.expect('operator', '(');
  while (!stream.isOperator(')')) {
    if (parameters.length > 0) stream.expect('operator', ',');
    const name = stream.expect('name').value;
    const otherwise = stream.take('operator', '=') ? parseExpression(stream) : undefined;
    if (otherwise === undefined && parameters.at(-1)?.otherwise !== undefined)
      throw stream.fail('A parameter without a default follows one with a default');
    parameters.push({ name, otherwise });
  }
  stream.expect('operator', ')');
  return parameters;
}

function parseMacro(parser: Parser): Statement {
  const token = parser.stream.expect('name');
  const parameters = parseParameters(parser);
  const body = parser.readBody('endmacro');
  return { kind: 'macro', at: place(token), name: token.value, parameters, body };
}

function parseCallBlock(parser: Parser): Statement {
  const { stream } = parser;
  const at = place(stream.current);
  const parameters = stream.isOperator('(') ? parseParameters(parser) : [];
  const call = parsePostfix(grammarOf(stream), parsePrimary(stream));
  if (call.kind !== 'call') throw stream.fail('Expected a call of a macro', at);
  return { kind: 'call-block', at, parameters, call, body: parser.readBody('endcall') };
}

/** Without inheritance a block stands where it is written. */
function parseBlock(parser: Parser): Statement {
  const token = parser.stream.expect('name');
  const body = parser.readBody('endblock');
  parser.stream.take('name', token.value);
  return { kind: 'block', at: place(token), body };
}

function parseJump(parser: Parser, kind: 'break' | 'continue'): Statement {
  const at = place(parser.stream.current);
  if (!parser.isInLoop) throw parser.stream.fail(`\`${kind}\` stands outside a loop`);
  return { kind, at };
}
