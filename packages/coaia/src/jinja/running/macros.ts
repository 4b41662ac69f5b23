/** Macros, and the blocks that call them with a body. */
import { TemplateError } from '../errors.ts';
import type { Parameter, Statement } from '../syntax/nodes.ts';
import { Structure, Tuple, Undefined, type CallValues } from '../values/kinds.ts';

import type { RenderContext } from './context.ts';
import { evaluate } from './evaluate.ts';
import { usesName } from './names.ts';
import type { Scope } from './scope.ts';

export interface MacroSource {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
}

export type RunBody = (body: readonly Statement[], scope: Scope) => string;

/** A macro as a value: it can be called, and has `name` and `arguments`. */
export function makeMacro(
  source: MacroSource,
  scope: Scope,
  context: RenderContext,
  run: RunBody,
): Structure {
  const { name, parameters, body } = source;
  const takes = {
    kwargs: usesName(body, 'kwargs'),
    varargs: usesName(body, 'varargs'),
    caller: usesName(body, 'caller'),
  };
  const call = (values: CallValues) => {
    context.meter.enter();
    const inner = scope.inner();
    bind(source, values, inner, { takes, context });
    const text = run(body, inner);
    context.meter.leave();
    return text;
  };
  const fields = new Map<string, unknown>([
    ['name', name],
    ['arguments', new Tuple(parameters.map((parameter) => parameter.name))],
    ['caller', takes.caller],
    ['catch_kwargs', takes.kwargs],
    ['catch_varargs', takes.varargs],
  ]);
  return new Structure(`Macro '${name}'`, fields, { call });
}

interface Binding {
  readonly takes: Readonly<Record<'kwargs' | 'varargs' | 'caller', boolean>>;
  readonly context: RenderContext;
}

function bind(source: MacroSource, values: CallValues, inner: Scope, { takes, context }: Binding) {
  const { name, parameters } = source;
  const keywords = new Map(values.keywords);
  for (const [index, parameter] of parameters.entries()) {
    const given =
      index < values.positional.length ? values.positional[index] : keywords.get(parameter.name);
    const isGiven = index < values.positional.length || keywords.delete(parameter.name);
    const otherwise = () =>
      parameter.otherwise === undefined
        ? new Undefined(parameter.name)
        : evaluate(parameter.otherwise, inner, context);
    inner.set(parameter.name, isGiven ? given : otherwise());
  }
  const caller = keywords.get('caller');
  if (keywords.delete('caller')) inner.set('caller', caller);
  else if (takes.caller) inner.set('caller', new Undefined('caller'));
  if (takes.kwargs) inner.set('kwargs', keywords);
  else if (keywords.size > 0)
    throw new TemplateError(
      `The macro \`${name}\` has no argument \`${[...keywords.keys()][0] ?? ''}\``,
    );
  const rest = values.positional.slice(parameters.length);
  if (takes.varargs) inner.set('varargs', new Tuple(rest));
  else if (rest.length > 0)
    throw new TemplateError(`The macro \`${name}\` takes at most ${parameters.length} values`);
}

/** The values of a call block's call, with the block itself as `caller`. */
export function withCaller(values: CallValues, caller: Structure): CallValues {
  return { ...values, keywords: new Map([...values.keywords, ['caller', caller]]) };
}
