/** A model: a name pattern with prices. Built-in ones are code, a project's own ones are rows. */
import { fromStored, toIso } from '#base';
import type { ModelRow } from '#store';
import type { Model, ModelTier, ModelTierCondition } from '@coaia/client';
import { isMatch, toRegExp } from '../prices/match-pattern.ts';
import type { PriceEntry, PriceTier, TierCondition } from '../prices/price-entry.ts';

/** Begins the id of every built-in model; no project may use it. */
export const BUILT_IN = 'builtin:';

/** A project's model as the API answers it. */
export function toModel(row: ModelRow): Model {
  const tiers = parseTiers(row);
  return {
    id: row.id,
    modelName: row.model_name,
    matchPattern: row.match_pattern,
    startDate: row.start_date === null ? null : toIso(row.start_date),
    unit: row.unit as Model['unit'],
    tokenizerId: row.tokenizer_id,
    tokenizerConfig: fromStored(row.tokenizer_config),
    isLangfuseManaged: false,
    createdAt: toIso(row.created_at),
    ...toFlatPrices(tiers),
    pricingTiers: tiers,
  };
}

/** A built-in model as the API answers it; it was "created" on the day its price was checked. */
export function toBuiltInModel(entry: PriceEntry): Model {
  const tiers = entry.tiers.map((tier, index) => ({
    id: `${entry.id}:${index}`,
    name: tier.name,
    isDefault: tier.isDefault,
    priority: tier.priority,
    conditions: tier.conditions.map(toWireCondition),
    prices: tier.prices,
  }));
  return {
    id: entry.id,
    modelName: entry.modelName,
    matchPattern: `(?i)${entry.matchPattern}`,
    startDate: entry.startDate === undefined ? null : toIso(Date.parse(entry.startDate)),
    unit: entry.unit,
    tokenizerId: null,
    tokenizerConfig: null,
    isLangfuseManaged: true,
    createdAt: toIso(Date.parse(entry.checked)),
    ...toFlatPrices(tiers),
    pricingTiers: tiers,
  };
}

/** Tiers as they were stored, in order of priority. */
export function parseTiers(row: Pick<ModelRow, 'pricing_tiers'>): readonly ModelTier[] {
  return JSON.parse(row.pricing_tiers) as readonly ModelTier[];
}

/** A stored tier as cost is computed from it. */
export function toPriceTier(tier: ModelTier): PriceTier {
  return { ...tier, conditions: tier.conditions.map(toTierCondition) };
}

/** The flat fields of older clients show the default tier. */
function toFlatPrices(tiers: readonly ModelTier[]) {
  const { prices = {} } = tiers.find(({ isDefault }) => isDefault) ?? {};
  return {
    inputPrice: prices['input'] ?? null,
    outputPrice: prices['output'] ?? null,
    totalPrice: prices['total'] ?? null,
    prices: Object.fromEntries(Object.entries(prices).map(([key, price]) => [key, { price }])),
  };
}

function toTierCondition(condition: ModelTierCondition): TierCondition {
  if ('source' in condition) {
    const kind = condition.source === 'metadata' ? 'metadata' : 'parameter';
    return { kind, key: condition.key, values: condition.values };
  }
  const pattern = toRegExp(condition.usageDetailPattern, condition.caseSensitive);
  return {
    kind: 'usage',
    pattern: condition.usageDetailPattern,
    operator: condition.operator,
    value: condition.value,
    matches: (key) => isMatch(pattern, key),
  };
}

function toWireCondition(condition: TierCondition): ModelTierCondition {
  if (condition.kind === 'usage') {
    const { pattern, operator, value } = condition;
    return { usageDetailPattern: pattern, operator, value, caseSensitive: false };
  }
  const source = condition.kind === 'metadata' ? 'metadata' : 'model_parameters';
  return { source, key: condition.key, operator: 'in', values: condition.values };
}
