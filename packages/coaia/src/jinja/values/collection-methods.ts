/** The methods of lists and dictionaries that templates may call. They change only the template's own copies. */
import { TemplateError } from '../errors.ts';
import type { Meter } from '../running/meter.ts';

import type { CallReader } from './call-values.ts';
import { areEqual, toKey } from './compare.ts';
import { toItems } from './items.ts';
import { Tuple, type Dict } from './kinds.ts';

type ListMethod = (list: unknown[], call: CallReader, meter: Meter) => unknown;
type DictMethod = (dict: Dict, call: CallReader, meter: Meter) => unknown;

export const listMethods: ReadonlyMap<string, ListMethod> = new Map<string, ListMethod>([
  ['append', (list, call, meter) => insert(list, list.length, [call.need(0, 'item')], meter)],
  [
    'extend',
    (list, call, meter) => insert(list, list.length, toItems(call.need(0, 'items')), meter),
  ],
  [
    'insert',
    (list, call, meter) => insert(list, call.integer(0, 'index', 0), [call.need(1, 'item')], meter),
  ],
  ['pop', (list, call) => takeAt(list, call.integer(0, 'index', -1))],
  [
    'remove',
    (list, call) => {
      takeAt(list, position(list, call.need(0, 'item')));
      return null;
    },
  ],
  [
    'reverse',
    (list) => {
      list.reverse();
      return null;
    },
  ],
  [
    'clear',
    (list) => {
      list.length = 0;
      return null;
    },
  ],
  [
    'copy',
    (list, _call, meter) => {
      meter.items(list.length);
      return [...list];
    },
  ],
  ['index', (list, call) => position(list, call.need(0, 'item'))],
  ['count', (list, call) => countItem(list, call)],
]);

export function countItem(list: readonly unknown[], call: CallReader): number {
  return list.filter((item) => areEqual(item, call.need(0, 'item'))).length;
}

function insert(list: unknown[], index: number, items: readonly unknown[], meter: Meter) {
  meter.items(list.length + items.length);
  list.splice(index, 0, ...items);
  return null;
}

function takeAt(list: unknown[], index: number): unknown {
  if (index >= list.length || index < -list.length)
    throw new TemplateError('The list has no such item');
  return list.splice(index, 1)[0];
}

function position(list: readonly unknown[], wanted: unknown): number {
  const index = list.findIndex((item) => areEqual(item, wanted));
  if (index === -1) throw new TemplateError('The list does not hold what was looked for');
  return index;
}

export const dictMethods: ReadonlyMap<string, DictMethod> = new Map<string, DictMethod>([
  [
    'get',
    (dict, call) =>
      dict.has(toKey(call.need(0, 'key')))
        ? dict.get(toKey(call.need(0, 'key')))
        : (call.at(1, 'default') ?? null),
  ],
  [
    'items',
    (dict, _call, meter) => {
      meter.items(dict.size);
      return [...dict].map((pair) => new Tuple(pair));
    },
  ],
  [
    'keys',
    (dict, _call, meter) => {
      meter.items(dict.size);
      return [...dict.keys()];
    },
  ],
  [
    'values',
    (dict, _call, meter) => {
      meter.items(dict.size);
      return [...dict.values()];
    },
  ],
  [
    'copy',
    (dict, _call, meter) => {
      meter.items(dict.size);
      return new Map(dict);
    },
  ],
  [
    'update',
    (dict, call, meter) => {
      const pairs = [...toPairs(call.at(0, 'other')), ...call.keywords];
      meter.items(dict.size + pairs.length);
      for (const [key, value] of pairs) dict.set(key, value);
      return null;
    },
  ],
  [
    'setdefault',
    (dict, call, meter) => {
      const key = toKey(call.need(0, 'key'));
      meter.items(dict.size + 1);
      if (!dict.has(key)) dict.set(key, call.at(1, 'default') ?? null);
      return dict.get(key);
    },
  ],
  [
    'pop',
    (dict, call) => {
      const key = toKey(call.need(0, 'key'));
      if (!dict.has(key) && !call.has(1, 'default'))
        throw new TemplateError('The dictionary has no such key');
      const value = dict.has(key) ? dict.get(key) : call.at(1, 'default');
      dict.delete(key);
      return value;
    },
  ],
]);

/** Keys and values of a dictionary, or of a list of pairs. */
export function toPairs(value: unknown): readonly (readonly [unknown, unknown])[] {
  if (value === undefined) return [];
  if (value instanceof Map) return [...value];
  return toItems(value).map((pair) => {
    const items = toItems(pair);
    if (items.length !== 2) throw new TemplateError('A dictionary is made of pairs');
    return [toKey(items[0]), items[1]] as const;
  });
}
