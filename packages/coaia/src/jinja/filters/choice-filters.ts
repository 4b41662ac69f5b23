/** Filters that run another filter or a test on each item. */
import { TemplateError } from '../errors.ts';
import type { CallReader } from '../values/call-values.ts';
import { isTruthy } from '../values/compare.ts';
import { toItems } from '../values/items.ts';
import { toText } from '../values/show.ts';

import type { FilterContext, FilterTable } from './filter.ts';
import { reader } from './list-filters.ts';

export const choiceFilters: FilterTable = [
  ['map', mapItems],
  ['select', (value, call, context) => choose(value, call, context, { isWanted: true, skip: 0 })],
  ['reject', (value, call, context) => choose(value, call, context, { isWanted: false, skip: 0 })],
  [
    'selectattr',
    (value, call, context) => choose(value, call, context, { isWanted: true, skip: 1 }),
  ],
  [
    'rejectattr',
    (value, call, context) => choose(value, call, context, { isWanted: false, skip: 1 }),
  ],
];

function mapItems(value: unknown, call: CallReader, context: FilterContext): unknown[] {
  const items = itemsOf(value);
  context.meter.items(items.length);
  if (call.keywords.has('attribute')) {
    const read = reader(call.keywords.get('attribute'), true, call.keywords.get('default'));
    return items.map((item) => read(item));
  }
  const name = toText(call.need(0, 'filter'));
  const values = { positional: call.positional.slice(1), keywords: call.keywords };
  return items.map((item) => context.filter(name, item, values));
}

/** What is empty or false in any way has no items here, not even when it could have none. */
function itemsOf(value: unknown): readonly unknown[] {
  return isTruthy(value) ? toItems(value) : [];
}

interface Choice {
  readonly isWanted: boolean;
  /** 1 when the first argument is the attribute to look at. */
  readonly skip: 0 | 1;
}

function choose(
  value: unknown,
  call: CallReader,
  context: FilterContext,
  { isWanted, skip }: Choice,
): unknown[] {
  if (skip === 1 && call.count === 0) throw new TemplateError('The name of an attribute is needed');
  const read = skip === 1 ? reader(call.at(0, 'attribute')) : (item: unknown) => item;
  const items = itemsOf(value);
  context.meter.items(items.length);
  const test = call.positional[skip];
  const values = { positional: call.positional.slice(skip + 1), keywords: call.keywords };
  const passes = (item: unknown) =>
    test === undefined ? isTruthy(item) : context.test(toText(test), item, values);
  return items.filter((item) => passes(read(item)) === isWanted);
}
