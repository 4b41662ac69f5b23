/** The functions that Jinja2 itself has: range, dict, namespace, cycler, joiner. */
import { TemplateError } from '../errors.ts';
import { CallReader } from '../values/call-values.ts';
import { toPairs } from '../values/collection-methods.ts';
import { Callable, Range, Structure } from '../values/kinds.ts';

import type { Meter } from './meter.ts';

/** Longest range, the one of Jinja2's sandbox. */
const MAX_RANGE = 100_000;

type Global = (call: CallReader, meter: Meter) => unknown;

const table = new Map<string, Global>([
  ['range', makeRange],
  ['dict', (call) => new Map([...toPairs(call.at(0, ' ')), ...call.keywords])],
  [
    'namespace',
    (call) => {
      const pairs = [...toPairs(call.at(0, ' ')), ...call.keywords];
      const fields = new Map(pairs.map(([key, value]) => [String(key), value]));
      return new Structure('Namespace', fields, { isOpen: true });
    },
  ],
  ['cycler', (call) => makeCycler(call.positional)],
  ['joiner', (call) => makeJoiner(call.text(0, 'sep', ', '))],
]);

export const globalNames: readonly string[] = [...table.keys()];

export function findGlobal(name: string, meter: Meter): Callable | undefined {
  const global = table.get(name);
  return global && new Callable(name, (values) => global(new CallReader(name, values), meter));
}

function makeRange(call: CallReader): Range {
  call.need(0, 'stop');
  const [start, stop] =
    call.count > 1
      ? [call.integer(0, 'start', 0), call.integer(1, 'stop', 0)]
      : [0, call.integer(0, 'stop', 0)];
  const step = call.integer(2, 'step', 1);
  if (step === 0) throw new TemplateError('The step of a range cannot be 0');
  const range = new Range(start, stop, step);
  if (range.length > MAX_RANGE)
    throw new TemplateError(`A range has at most ${MAX_RANGE} numbers`, 'COAIA-0973');
  return range;
}

function makeCycler(items: readonly unknown[]): Structure {
  if (items.length === 0) throw new TemplateError('`cycler` needs at least one value');
  let position = 0;
  const fields = new Map<string, unknown>();
  const update = () => fields.set('current', items[position]);
  fields.set(
    'next',
    new Callable('next', () => {
      const value = items[position];
      position = (position + 1) % items.length;
      update();
      return value;
    }),
  );
  fields.set(
    'reset',
    new Callable('reset', () => {
      position = 0;
      update();
      return null;
    }),
  );
  update();
  return new Structure('Cycler', fields);
}

function makeJoiner(separator: string): Callable {
  let isUsed = false;
  return new Callable('joiner', () => {
    const text = isUsed ? separator : '';
    isUsed = true;
    return text;
  });
}
