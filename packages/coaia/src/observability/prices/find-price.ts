/** From a model name and a time to the entry that prices it. */
import type { PriceEntry } from './price-entry.ts';
import { PRICE_TABLE } from './price-table.ts';

/** Names remembered at most; callers choose model names, so the memory is bounded. */
const MAX_NAMES = 1000;
/** No vendor's model name is longer; a longer text is not matched at all. */
const MAX_LENGTH = 200;

const patterns = new Map<PriceEntry, RegExp>();
const memory = new Map<string, readonly PriceEntry[]>();

/**
 * The entry whose pattern matches the name and whose start date is the newest one not after `startTime`
 * (epoch milliseconds). Undefined for models the table does not know.
 */
export function findPrice(model: string, startTime: number): PriceEntry | undefined {
  const entries = memory.get(model) ?? listMatches(model);
  return entries.find((entry) => toStart(entry) <= startTime);
}

function listMatches(model: string): readonly PriceEntry[] {
  const name = model.trim();
  const found =
    name.length > MAX_LENGTH
      ? []
      : PRICE_TABLE.filter((entry) => toRegExp(entry).test(name)).toSorted(
          (a, b) => toStart(b) - toStart(a),
        );
  if (memory.size >= MAX_NAMES) memory.clear();
  if (name.length <= MAX_LENGTH) memory.set(model, found);
  return found;
}

function toRegExp(entry: PriceEntry): RegExp {
  const known = patterns.get(entry);
  if (known !== undefined) return known;
  const made = new RegExp(entry.matchPattern, 'i');
  patterns.set(entry, made);
  return made;
}

function toStart(entry: PriceEntry): number {
  return entry.startDate === undefined ? Number.NEGATIVE_INFINITY : Date.parse(entry.startDate);
}
