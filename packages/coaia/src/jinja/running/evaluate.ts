/** Expressions to values. */
import { isCoaiaError } from '#base';

import { failAt, TemplateError } from '../errors.ts';
import type {
  Arguments,
  Comparison,
  Expression,
  ExpressionKind,
  ExpressionOf,
} from '../syntax/nodes.ts';
import { calculate } from '../values/arithmetic.ts';
import { areEqual, compareOrder, isIn, isTruthy, toKey } from '../values/compare.ts';
import { toPairs } from '../values/collection-methods.ts';
import { getSlice, toItems } from '../values/items.ts';
import { getAttribute, getSubscript } from '../values/members.ts';
import { requireText, toText } from '../values/show.ts';
import {
  Callable,
  Float,
  isFloat,
  isNumber,
  isText,
  Structure,
  toNumber,
  Tuple,
  typeName,
  Undefined,
  type CallValues,
} from '../values/kinds.ts';

import type { RenderContext } from './context.ts';
import { MissingValueError } from './missing-value.ts';
import type { Scope } from './scope.ts';

type Evaluators = {
  readonly [K in ExpressionKind]: (
    node: ExpressionOf<K>,
    scope: Scope,
    context: RenderContext,
  ) => unknown;
};

/** The value of an expression. @throws CoaiaError with the place, or MissingValueError where tags are kept. */
export function evaluate(node: Expression, scope: Scope, context: RenderContext): unknown {
  context.meter.enter();
  try {
    const run = evaluators[node.kind] as (
      node: Expression,
      scope: Scope,
      context: RenderContext,
    ) => unknown;
    return run(node, scope, context);
  } catch (error) {
    throw placed(error, node);
  } finally {
    context.meter.leave();
  }
}

/** A problem with the place of the node around it; what has a place already, or is none of ours, as it is. */
export function placed(error: unknown, { at }: Pick<Expression, 'at'>): unknown {
  if (error instanceof TemplateError) return failAt(error.code, error.message, at);
  if (isCoaiaError(error) || error instanceof MissingValueError || !(error instanceof RangeError))
    return error;
  // Too deep for the stack, or too long for a text.
  return failAt('COAIA-0973', 'The template needs more than it may use', at);
}

/** Values that are used, not only asked about: a missing one follows the policy. */
export function evaluateUsed(node: Expression, scope: Scope, context: RenderContext): unknown {
  const value = evaluate(node, scope, context);
  if (value instanceof Undefined) {
    try {
      context.miss(value);
    } catch (error) {
      throw placed(error, node);
    }
  }
  return value;
}

const evaluators: Evaluators = {
  constant: (node) => node.value,
  name: (node, scope) => scope.get(node.name),
  list: (node, scope, context) => evaluateAll(node.items, scope, context),
  tuple: (node, scope, context) => new Tuple(evaluateAll(node.items, scope, context)),
  dict: (node, scope, context) =>
    new Map(
      node.pairs.map(([key, value]) => [
        toKey(evaluate(key, scope, context)),
        evaluate(value, scope, context),
      ]),
    ),
  concat: (node, scope, context) => {
    const parts = node.items.map((item) => toText(evaluateUsed(item, scope, context)));
    context.meter.text(parts.reduce((length, part) => length + part.length, 0));
    return parts.join('');
  },
  attribute: (node, scope, context) => {
    const object = requireDefined(evaluate(node.object, scope, context), node.name, context);
    return getAttribute(object, node.name, context.meter) ?? absent(object, node.name);
  },
  item: (node, scope, context) => {
    const object = evaluate(node.object, scope, context);
    const key = evaluate(node.key, scope, context);
    const name = toText(key).slice(0, 60);
    return (
      getSubscript(requireDefined(object, name, context), key, context.meter) ??
      absent(object, name)
    );
  },
  slice: (node, scope, context) => {
    const object = requireDefined(evaluate(node.object, scope, context), '[:]', context);
    const bounds = node.bounds.map((bound) => bound && evaluate(bound, scope, context));
    if (!isText(object)) context.meter.items(toItems(object).length);
    return getSlice(object, bounds);
  },
  call: (node, scope, context) => {
    const callee = evaluate(node.callee, scope, context);
    return call(callee, evaluateArguments(node.args, scope, context), node, context);
  },
  filter: (node, scope, context) =>
    context.filter(
      node.name,
      evaluate(node.operand, scope, context),
      evaluateArguments(node.args, scope, context),
    ),
  test: (node, scope, context) =>
    context.test(
      node.name,
      evaluate(node.operand, scope, context),
      evaluateArguments(node.args, scope, context),
    ),
  unary: (node, scope, context) => {
    const value = evaluateUsed(node.operand, scope, context);
    if (node.operator === 'not') return !isTruthy(value);
    if (!isNumber(value)) throw new TemplateError(`A sign does not fit a ${typeName(value)}`);
    const number = node.operator === '-' ? -toNumber(value) : toNumber(value);
    return isFloat(value) ? Float.of(number) : number || 0;
  },
  binary: (node, scope, context) => {
    const left = evaluateUsed(node.left, scope, context);
    if (node.operator === 'and')
      return isTruthy(left) ? evaluate(node.right, scope, context) : left;
    if (node.operator === 'or') return isTruthy(left) ? left : evaluate(node.right, scope, context);
    return calculate(node.operator, left, evaluateUsed(node.right, scope, context), context.meter);
  },
  compare: (node, scope, context) => {
    let left = evaluateUsed(node.first, scope, context);
    return node.rest.every((comparison) => {
      const right = evaluateUsed(comparison.operand, scope, context);
      const isTrue = compare(comparison, left, right);
      left = right;
      return isTrue;
    });
  },
  choice: (node, scope, context) => {
    if (isTruthy(evaluateUsed(node.test, scope, context)))
      return evaluate(node.yes, scope, context);
    return node.no === undefined ? new Undefined('') : evaluate(node.no, scope, context);
  },
};

function evaluateAll(
  items: readonly Expression[],
  scope: Scope,
  context: RenderContext,
): unknown[] {
  return items.map((item) => evaluate(item, scope, context));
}

function requireDefined(object: unknown, name: string, context: RenderContext): unknown {
  if (!(object instanceof Undefined)) return object;
  if (context.policy === 'keep') throw new MissingValueError();
  throw new TemplateError(
    `\`${object.name.slice(0, 60)}\` has no value, so \`${name.slice(0, 60)}\` of it cannot be read`,
    'COAIA-0971',
  );
}

function absent(object: unknown, name: string) {
  return new Undefined(object instanceof Undefined ? `${object.name}.${name}` : name);
}

function compare({ operator }: Comparison, left: unknown, right: unknown): boolean {
  if (operator === '==') return areEqual(left, right);
  if (operator === '!=') return !areEqual(left, right);
  if (operator === 'in') return isIn(left, right);
  if (operator === 'not in') return !isIn(left, right);
  const order = compareOrder(left, right);
  // Not-a-number is neither.
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** Calls a function of the language; nothing else can be called. */
export function call(
  callee: unknown,
  values: CallValues,
  node: Expression,
  context: RenderContext,
): unknown {
  if (callee instanceof Callable) return callee.call(values);
  if (callee instanceof Structure && callee.call !== undefined) return callee.call(values);
  const name = node.kind === 'call' ? nameOf(node.callee) : 'it';
  if (callee instanceof Undefined) {
    if (context.policy === 'keep') throw new MissingValueError();
    throw new TemplateError(`There is no function \`${name}\``, 'COAIA-0971');
  }
  throw new TemplateError(`\`${name}\` is a ${typeName(callee)} and cannot be called`);
}

function nameOf(node: Expression): string {
  return node.kind === 'name' || node.kind === 'attribute' ? node.name.slice(0, 60) : 'it';
}

/** Arguments in order, with `*list` and `**dictionary` laid out. */
export function evaluateArguments(
  args: Arguments,
  scope: Scope,
  context: RenderContext,
): CallValues {
  const positional = evaluateAll(args.positional, scope, context);
  if (args.spread !== undefined) positional.push(...toItems(evaluate(args.spread, scope, context)));
  const keywords = new Map(
    args.keywords.map(([name, value]) => [name, evaluate(value, scope, context)] as const),
  );
  if (args.keywordSpread !== undefined)
    for (const [name, value] of toPairs(evaluate(args.keywordSpread, scope, context)))
      keywords.set(requireText(name, 'The name of an argument'), value);
  context.meter.items(positional.length);
  return { positional, keywords };
}
