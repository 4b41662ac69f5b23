/** The `loop` of a for tag. */
import { TemplateError } from '../errors.ts';
import { areEqual } from '../values/compare.ts';
import { Callable, Structure, Tuple, Undefined, type CallValues } from '../values/kinds.ts';

export interface LoopState {
  readonly items: readonly unknown[];
  /** 0 for the outermost level of a recursive loop. */
  readonly depth: number;
  /** Runs the whole loop again on other items; undefined when the loop is not recursive. */
  readonly recurse: ((values: CallValues) => unknown) | undefined;
}

/** The structure that moves along with the loop, and how to move it. */
export function makeLoop({ items, depth, recurse }: LoopState) {
  const { length } = items;
  let index = 0;
  let shown: unknown;
  const cycle = new Callable('cycle', ({ positional }) => {
    if (positional.length === 0) throw new TemplateError('`loop.cycle` needs at least one value');
    return positional[index % positional.length];
  });
  const changed = new Callable('changed', ({ positional }) => {
    const now = new Tuple(positional);
    const isChanged = shown === undefined || !areEqual(shown, now);
    shown = now;
    return isChanged;
  });
  const fields = new Map<string, unknown>([
    ['cycle', cycle],
    ['changed', changed],
    ['length', length],
    ['depth', depth + 1],
    ['depth0', depth],
  ]);
  const moveTo = (position: number) => {
    index = position;
    fields
      .set('index', index + 1)
      .set('index0', index)
      .set('revindex', length - index)
      .set('revindex0', length - index - 1)
      .set('first', index === 0)
      .set('last', index === length - 1)
      .set('previtem', index === 0 ? new Undefined('previtem') : items[index - 1])
      .set('nextitem', index === length - 1 ? new Undefined('nextitem') : items[index + 1]);
  };
  const loop = new Structure('LoopContext', fields, recurse === undefined ? {} : { call: recurse });
  return { loop, moveTo };
}
