/** Unit prices that an observation shows: those of the price entry and tier that ingestion chose. */
import type { Database } from '#store';
import { BUILT_IN, parseTiers } from '../models/model.ts';
import { readModels } from '../models/storage.ts';
import type { PriceEntry, PriceTier } from '../prices/price-entry.ts';
import { listPrices } from '../prices/price-table.ts';

/** USD per unit; null when unknown. */
export interface UnitPrices {
  readonly input: number | null;
  readonly output: number | null;
  readonly total: number | null;
}

/** Prices of a model's tier; of its default tier when the tier is not known. */
export type UnitPriceFinder = (modelId: string | null, tierName: string | null) => UnitPrices;

const NONE: UnitPrices = { input: null, output: null, total: null };
let entries: ReadonlyMap<string, PriceEntry> | undefined;

/** Prices of the built-in models. */
export function findUnitPrices(modelId: string | null, tierName: string | null): UnitPrices {
  if (modelId === null) return NONE;
  entries ??= new Map(listPrices().map((entry) => [entry.id, entry]));
  return toUnitPrices(entries.get(modelId)?.tiers ?? [], tierName);
}

/** Prices for the given observations: reads the project's models when one of them is priced by such a model. */
export async function readUnitPrices(
  db: Database,
  projectId: string,
  rows: readonly { readonly model_id: string | null }[],
): Promise<UnitPriceFinder> {
  if (!rows.some(({ model_id: id }) => id !== null && !id.startsWith(BUILT_IN))) {
    return findUnitPrices;
  }
  const models = await readModels(db, projectId);
  const own = new Map(models.map((row) => [row.id, parseTiers(row)]));
  return (modelId, tierName) => {
    const tiers = modelId === null ? undefined : own.get(modelId);
    return tiers === undefined ? findUnitPrices(modelId, tierName) : toUnitPrices(tiers, tierName);
  };
}

type Tier = Pick<PriceTier, 'name' | 'isDefault' | 'prices'>;

function toUnitPrices(tiers: readonly Tier[], tierName: string | null): UnitPrices {
  const tier =
    tiers.find(({ name }) => name === tierName) ?? tiers.find(({ isDefault }) => isDefault);
  if (tier === undefined) return NONE;
  const { input = null, output = null, total = null } = tier.prices;
  return { input, output, total };
}
