/** Statements to text. */
import { TemplateError } from '../errors.ts';
import {
  BODY_NAME,
  type Expression,
  type Statement,
  type StatementKind,
  type StatementOf,
} from '../syntax/nodes.ts';
import { isTruthy } from '../values/compare.ts';
import { toItems } from '../values/items.ts';
import { toText } from '../values/show.ts';
import { Structure, Undefined, type CallValues } from '../values/kinds.ts';

import type { RenderContext } from './context.ts';
import { call, evaluate, evaluateArguments, evaluateUsed, placed } from './evaluate.ts';
import { makeLoop } from './loops.ts';
import { makeMacro, withCaller } from './macros.ts';
import { MissingValueError } from './missing-value.ts';
import { Scope } from './scope.ts';

/** How a body ended: at its end, or at a tag that leaves the loop or its turn. */
type Ending = 'end' | 'break' | 'continue';

type Runners = {
  readonly [K in StatementKind]: (
    runner: Runner,
    node: StatementOf<K>,
    scope: Scope,
  ) => Ending | undefined;
};

/** Renders a whole template. @throws CoaiaError with line and column. */
export function runTemplate(body: readonly Statement[], context: RenderContext): string {
  return new Runner(context).toText(body, new Scope(context.outside));
}

class Runner {
  readonly context: RenderContext;
  #parts: string[] = [];
  #length = 0;

  constructor(context: RenderContext) {
    this.context = context;
  }

  write(text: string): void {
    this.#length += text.length;
    this.context.meter.text(this.#length);
    this.#parts.push(text);
  }

  /** The text of a body, instead of writing it. */
  toText(body: readonly Statement[], scope: Scope): string {
    const [parts, length] = [this.#parts, this.#length];
    [this.#parts, this.#length] = [[], 0];
    try {
      this.run(body, scope);
      return this.#parts.join('');
    } finally {
      [this.#parts, this.#length] = [parts, length];
    }
  }

  run(body: readonly Statement[], scope: Scope): Ending {
    for (const node of body) {
      const ending = this.#runOne(node, scope);
      if (ending !== undefined && ending !== 'end') return ending;
    }
    return 'end';
  }

  #runOne(node: Statement, scope: Scope): Ending | undefined {
    this.context.meter.enter();
    try {
      const run = runners[node.kind] as (
        runner: Runner,
        node: Statement,
        scope: Scope,
      ) => Ending | undefined;
      return run(this, node, scope);
    } catch (error) {
      throw placed(error, node);
    } finally {
      this.context.meter.leave();
    }
  }

  /** Gives a name, names of a tuple, or a field of a namespace their value. */
  assign(target: Expression, value: unknown, scope: Scope): void {
    if (target.kind === 'name') scope.set(target.name, value);
    else if (target.kind === 'attribute') this.#assignField(target, value, scope);
    else if (target.kind === 'tuple') {
      const items = toItems(value);
      if (items.length !== target.items.length)
        throw new TemplateError(`${target.items.length} names cannot take ${items.length} values`);
      for (const [index, each] of target.items.entries()) this.assign(each, items[index], scope);
    }
  }

  #assignField(target: Expression & { kind: 'attribute' }, value: unknown, scope: Scope) {
    const object = evaluate(target.object, scope, this.context);
    if (!(object instanceof Structure && object.isOpen))
      throw new TemplateError('Only a field of a namespace can be given a value');
    this.context.meter.items(object.fields.size + 1);
    object.fields.set(target.name, value);
  }

  /** Runs the body of a loop for each item. */
  loop(
    node: StatementOf<'for'>,
    { items, scope, depth }: { items: readonly unknown[]; scope: Scope; depth: number },
  ): void {
    const chosen = this.#choose(node, items, scope);
    const recurse = ({ positional: [value] }: CallValues) => {
      const inner = new Runner(this.context);
      this.context.meter.enter();
      const text = inner.#capture(() =>
        inner.loop(node, { items: toItems(value), scope, depth: depth + 1 }),
      );
      this.context.meter.leave();
      return text;
    };
    const { loop, moveTo } = makeLoop({
      items: chosen,
      depth,
      recurse: node.isRecursive ? recurse : undefined,
    });
    for (const [index, item] of chosen.entries()) {
      this.context.meter.spend(1);
      moveTo(index);
      const turn = scope.inner();
      turn.set('loop', loop);
      this.assign(node.target, item, turn);
      if (this.run(node.body, turn) === 'break') return;
    }
    if (chosen.length === 0) this.run(node.otherwise, scope.inner());
  }

  #capture(fill: () => void): string {
    fill();
    return this.#parts.join('');
  }

  #choose(
    { filter, target }: StatementOf<'for'>,
    items: readonly unknown[],
    scope: Scope,
  ): readonly unknown[] {
    if (filter === undefined) return items;
    return items.filter((item) => {
      const turn = scope.inner();
      this.assign(target, item, turn);
      return isTruthy(evaluateUsed(filter, turn, this.context));
    });
  }

  /** Writes the value of an output tag, or the tag itself where a value is missed and tags are kept. */
  output(node: StatementOf<'output'>, scope: Scope): void {
    try {
      this.write(toText(evaluateUsed(node.expression, scope, this.context)));
    } catch (error) {
      if (!(error instanceof MissingValueError)) throw error;
      this.write(node.source);
    }
  }
}

const runners: Runners = {
  text: (runner, node) => {
    runner.write(node.text);
    return undefined;
  },
  output: (runner, node, scope) => {
    runner.output(node, scope);
    return undefined;
  },
  if: (runner, node, scope) => {
    for (const { test, body } of node.branches)
      if (isTruthy(testValue(runner, test, scope))) return runner.run(body, scope);
    return runner.run(node.otherwise, scope);
  },
  for: (runner, node, scope) => {
    const value = evaluateUsed(node.iterable, scope, runner.context);
    runner.loop(node, { items: toItems(value), scope, depth: 0 });
    return undefined;
  },
  set: (runner, node, scope) => {
    runner.assign(node.target, evaluate(node.value, scope, runner.context), scope);
    return undefined;
  },
  capture: (runner, node, scope) => {
    const text = runner.toText(node.body, scope.inner());
    runner.assign(
      node.target,
      node.filter === undefined ? text : filterText(runner, node.filter, text, scope),
      scope,
    );
    return undefined;
  },
  with: (runner, node, scope) => {
    const inner = scope.inner();
    // Each value is read in the scope around, as Jinja2 does.
    const values = node.pairs.map(([, value]) => evaluate(value, scope, runner.context));
    for (const [index, [target]] of node.pairs.entries())
      runner.assign(target, values[index], inner);
    return runner.run(node.body, inner);
  },
  macro: (runner, node, scope) => {
    scope.set(
      node.name,
      makeMacro(node, scope, runner.context, (body, inner) => runner.toText(body, inner)),
    );
    return undefined;
  },
  'call-block': (runner, node, scope) => {
    const { context } = runner;
    if (node.call.kind !== 'call') return undefined;
    const source = { name: 'caller', parameters: node.parameters, body: node.body };
    const caller = makeMacro(source, scope, context, (body, inner) => runner.toText(body, inner));
    const values = withCaller(evaluateArguments(node.call.args, scope, context), caller);
    const callee = evaluate(node.call.callee, scope, context);
    runner.write(toText(call(callee, values, node.call, context)));
    return undefined;
  },
  'filter-block': (runner, node, scope) => {
    const text = runner.toText(node.body, scope.inner());
    runner.write(toText(filterText(runner, node.filter, text, scope)));
    return undefined;
  },
  block: (runner, node, scope) => runner.run(node.body, scope.inner()),
  do: (runner, node, scope) => {
    evaluate(node.expression, scope, runner.context);
    return undefined;
  },
  break: () => 'break',
  continue: () => 'continue',
};

/** A condition over a missing value is false where tags are kept, so that the rest can be shown. */
function testValue(runner: Runner, test: Expression, scope: Scope): unknown {
  try {
    return evaluateUsed(test, scope, runner.context);
  } catch (error) {
    if (error instanceof MissingValueError) return new Undefined('condition');
    throw error;
  }
}

function filterText(runner: Runner, filter: Expression, text: string, scope: Scope): unknown {
  const inner = scope.inner();
  inner.set(BODY_NAME, text);
  return evaluate(filter, inner, runner.context);
}
