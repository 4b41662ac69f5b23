/** Counts and costs of an observation in the forms that servers of different age answer. */
import { isObject } from '#base';
import { readNumber, readText, toWire } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';

/** `usageDetails` and the unit; older servers have only the three sums. Undefined when there is no usage. */
export function toUsage(
  item: Wire,
): { readonly usageDetails?: Wire; readonly usage?: Wire } | undefined {
  const sums = toWire(item['usage']);
  const unit = readText(sums, 'unit');
  const details = hasMembers(item['usageDetails']) ? toWire(item['usageDetails']) : toSums(sums);
  if (details === undefined) return undefined;
  return { usageDetails: details, ...(unit === null ? {} : { usage: { unit } }) };
}

/** USD by usage key; older servers have only the three calculated sums. Undefined when nothing is known. */
export function toCosts(item: Wire): Wire | undefined {
  if (hasMembers(item['costDetails'])) return toWire(item['costDetails']);
  const entries = (
    [
      ['input', 'calculatedInputCost'],
      ['output', 'calculatedOutputCost'],
      ['total', 'calculatedTotalCost'],
    ] as const
  ).flatMap(([key, name]) => {
    const cost = readNumber(item, name);
    return cost === null || cost === 0 ? [] : [[key, cost] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function toSums(usage: Wire): Wire | undefined {
  const entries = (['input', 'output', 'total'] as const).flatMap((key) => {
    const count = readNumber(usage, key);
    return count === null || count === 0 ? [] : [[key, count] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function hasMembers(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}
