/** Filters on lists and dictionaries. */
import { TemplateError } from '../errors.ts';
import { calculate } from '../values/arithmetic.ts';
import type { CallReader } from '../values/call-values.ts';
import { areEqual, compareOrder } from '../values/compare.ts';
import { getItem, lengthOf, toItems } from '../values/items.ts';
import { toPairs } from '../values/collection-methods.ts';
import { toText } from '../values/show.ts';
import { joinTexts } from '../values/string-methods.ts';
import { isText, Tuple, typeName, Undefined } from '../values/kinds.ts';

import type { FilterContext, FilterTable } from './filter.ts';

export const listFilters: FilterTable = [
  ['length', (value) => needLength(value)],
  ['count', (value) => needLength(value)],
  ['first', (value) => itemOr(toItems(value)[0], 'first item')],
  ['last', (value) => itemOr(toItems(value).at(-1), 'last item')],
  ['list', (value, _call, { meter }) => spent(toItems(value), meter)],
  ['reverse', (value, _call, { meter }) => reverse(value, meter)],
  ['join', join],
  [
    'sort',
    (value, call, context) =>
      sortItems(
        toItems(value),
        {
          by: reader(call.at(2, 'attribute'), call.flag(1, 'case_sensitive', false)),
          isReverse: call.flag(0, 'reverse', false),
        },
        context,
      ),
  ],
  ['dictsort', dictSort],
  ['unique', unique],
  ['min', (value, call, context) => extreme(value, call, context, -1)],
  ['max', (value, call, context) => extreme(value, call, context, 1)],
  ['sum', sum],
  ['batch', batch],
  ['slice', sliceColumns],
  ['groupby', groupBy],
  [
    'items',
    (value) =>
      toPairs(value instanceof Undefined ? undefined : value).map((pair) => new Tuple(pair)),
  ],
];

function itemOr(item: unknown, what: string): unknown {
  return item === undefined ? new Undefined(what) : item;
}

function spent(items: readonly unknown[], meter: FilterContext['meter']): unknown[] {
  meter.items(items.length);
  return [...items];
}

function needLength(value: unknown): number {
  const length = lengthOf(value);
  if (length === undefined) throw new TemplateError(`A ${typeName(value)} has no length`);
  return length;
}

function reverse(value: unknown, meter: FilterContext['meter']): unknown {
  const items = spent(toItems(value), meter).toReversed();
  return isText(value) ? items.join('') : items;
}

type Reader = (value: unknown) => unknown;

/** Reads `a.b.0` of each item; without an attribute the item itself. Texts lose their case unless it counts. */
export function reader(attribute: unknown, isCaseSensitive = true, otherwise?: unknown): Reader {
  const plain = (value: unknown) =>
    !isCaseSensitive && isText(value) ? toText(value).toLowerCase() : value;
  if (attribute === undefined || attribute === null) return plain;
  const paths = toText(attribute)
    .split(',')
    .map((path) => path.split('.').map(toPathKey));
  const read = (value: unknown, path: readonly (string | number)[]) => {
    const found = path.reduce<unknown>((object, key) => getItem(object, key), value);
    return plain(found ?? otherwise ?? (found === null ? null : new Undefined(toText(attribute))));
  };
  const [only] = paths;
  return paths.length === 1 && only !== undefined
    ? (value) => read(value, only)
    : (value) => paths.map((path) => read(value, path));
}

function toPathKey(part: string): string | number {
  return /^\d{1,9}$/.test(part) ? Number(part) : part;
}

function join(value: unknown, call: CallReader, { meter }: FilterContext): string {
  const read = reader(call.at(1, 'attribute'));
  const parts = toItems(value).map((item) => toText(read(item)));
  return joinTexts(parts, toText(call.at(0, 'd') ?? ''), meter);
}

interface Order {
  readonly by: Reader;
  readonly isReverse: boolean;
}

function sortItems(
  items: readonly unknown[],
  { by, isReverse }: Order,
  { meter }: FilterContext,
): unknown[] {
  meter.items(items.length);
  const keyed = items.map((item) => ({ item, key: by(item) }));
  const compare = (a: unknown, b: unknown) => {
    meter.spend(1);
    return areEqual(a, b) ? 0 : compareOrder(a, b);
  };
  // Equal items keep their order, also when it is reversed.
  return keyed
    .toSorted((a, b) => (isReverse ? compare(b.key, a.key) : compare(a.key, b.key)))
    .map(({ item }) => item);
}

function dictSort(value: unknown, call: CallReader, context: FilterContext): unknown[] {
  const by = call.text(1, 'by', 'key');
  if (by !== 'key' && by !== 'value')
    throw new TemplateError('`dictsort` sorts by `key` or by `value`');
  const plain = reader(undefined, call.flag(0, 'case_sensitive', false));
  const pairs = toPairs(value).map((pair) => new Tuple(pair));
  const key = (pair: unknown) => plain(getItem(pair, by === 'key' ? 0 : 1));
  return sortItems(pairs, { by: key, isReverse: call.flag(2, 'reverse', false) }, context);
}

function unique(value: unknown, call: CallReader, { meter }: FilterContext): unknown[] {
  const read = reader(call.at(1, 'attribute'), call.flag(0, 'case_sensitive', false));
  const seen: unknown[] = [];
  const plain = new Set<unknown>();
  return toItems(value).filter((item) => {
    const key = read(item);
    if (typeof key === 'string' || typeof key === 'number') {
      if (plain.has(key)) return false;
      plain.add(key);
      return true;
    }
    meter.spend(seen.length / 8 + 1);
    if (seen.some((each) => areEqual(each, key))) return false;
    seen.push(key);
    return true;
  });
}

function extreme(
  value: unknown,
  call: CallReader,
  { meter }: FilterContext,
  direction: 1 | -1,
): unknown {
  const read = reader(call.at(1, 'attribute'), call.flag(0, 'case_sensitive', false));
  const [first, ...rest] = toItems(value);
  if (first === undefined) return new Undefined('item');
  let best: unknown = first;
  for (const item of rest) {
    meter.spend(1);
    if (compareOrder(read(item), read(best)) * direction > 0) best = item;
  }
  return best;
}

function sum(value: unknown, call: CallReader, { meter }: FilterContext): unknown {
  const read = reader(call.at(0, 'attribute'));
  let total: unknown = call.at(1, 'start') ?? 0;
  for (const item of toItems(value)) {
    meter.spend(1);
    total = calculate('+', total, read(item), meter);
  }
  return total;
}

function batch(value: unknown, call: CallReader, { meter }: FilterContext): unknown[] {
  const size = needSize(call.integer(0, 'linecount', 0));
  const fill = call.at(1, 'fill_with') ?? null;
  const items = toItems(value);
  meter.items(items.length + size);
  const rows: unknown[][] = [];
  for (let at = 0; at < items.length; at += size) rows.push(items.slice(at, at + size));
  const last = rows.at(-1);
  if (last !== undefined && fill !== null) while (last.length < size) last.push(fill);
  return rows;
}

function sliceColumns(value: unknown, call: CallReader, { meter }: FilterContext): unknown[] {
  const count = needSize(call.integer(0, 'slices', 0));
  const fill = call.at(1, 'fill_with') ?? null;
  const items = toItems(value);
  meter.items(items.length + count);
  const size = Math.floor(items.length / count);
  const longer = items.length % count;
  return Array.from({ length: count }, (_, index) => {
    const start = index * size + Math.min(index, longer);
    const column = items.slice(start, start + size + (index < longer ? 1 : 0));
    return fill !== null && longer > 0 && index >= longer ? [...column, fill] : column;
  });
}

function needSize(size: number): number {
  if (size < 1) throw new TemplateError('A size is at least 1');
  return size;
}

function groupBy(value: unknown, call: CallReader, context: FilterContext): unknown[] {
  const isCaseSensitive = call.flag(2, 'case_sensitive', false);
  const attribute = call.need(0, 'attribute');
  const by = reader(attribute, isCaseSensitive, call.at(1, 'default'));
  const exact = reader(attribute, true, call.at(1, 'default'));
  const groups: { key: unknown; items: unknown[] }[] = [];
  for (const item of sortItems(toItems(value), { by, isReverse: false }, context)) {
    const group = groups.at(-1);
    if (group !== undefined && areEqual(group.key, by(item))) group.items.push(item);
    else groups.push({ key: by(item), items: [item] });
  }
  return groups.map(({ items }) => {
    const grouper = exact(items[0]);
    return new Tuple(
      [grouper, items],
      new Map([
        ['grouper', grouper],
        ['list', items],
      ]),
    );
  });
}
