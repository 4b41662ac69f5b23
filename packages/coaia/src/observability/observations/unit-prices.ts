/** Unit prices that an observation shows: those of the price entry and tier that ingestion chose. */
import type { PriceEntry } from '../prices/price-entry.ts';
import { listPrices } from '../prices/price-table.ts';

/** USD per unit; null when unknown. */
export interface UnitPrices {
  readonly input: number | null;
  readonly output: number | null;
  readonly total: number | null;
}

const NONE: UnitPrices = { input: null, output: null, total: null };
let entries: ReadonlyMap<string, PriceEntry> | undefined;

/** Prices of an entry's tier; of its default tier when the tier is not known. */
export function findUnitPrices(modelId: string | null, tierName: string | null): UnitPrices {
  if (modelId === null) return NONE;
  entries ??= new Map(listPrices().map((entry) => [entry.id, entry]));
  const tiers = entries.get(modelId)?.tiers ?? [];
  const tier =
    tiers.find(({ name }) => name === tierName) ?? tiers.find(({ isDefault }) => isDefault);
  if (tier === undefined) return NONE;
  const { input = null, output = null, total = null } = tier.prices;
  return { input, output, total };
}
