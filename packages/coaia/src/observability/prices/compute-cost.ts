/** What an observation costs: as the client said, or computed from the price table. */
import { isObject } from '#base';
import { findPrice } from './find-price.ts';
import type { PricedModel, PriceTier, TierCondition } from './price-entry.ts';

export type Amounts = Readonly<Record<string, number>>;

/** From a model name and a start (epoch milliseconds) to what prices it. */
export type PriceFinder = (model: string, startTime: number) => PricedModel | undefined;

export interface CostInput {
  readonly model: string | null;
  readonly usageDetails: Amounts | null;
  /** USD by usage key as the client sent it; any entry switches the computation off. */
  readonly providedCost: Amounts | null;
  /** Epoch milliseconds; decides which of a model's dated prices holds. */
  readonly startTime: number;
  readonly level: string;
  /** Object, or its JSON text. */
  readonly modelParameters?: unknown;
  /** Object, or its JSON text. */
  readonly metadata?: unknown;
}

export interface Cost {
  /** Id of the price entry whose pattern matched; null for unknown models. */
  readonly modelId: string | null;
  readonly tier: string | null;
  /** USD by usage key, with `total`; null when nothing is known, never an estimate. */
  readonly costDetails: Amounts | null;
  readonly inputCost: number | null;
  readonly outputCost: number | null;
  readonly totalCost: number | null;
  /** USD per unit of the tier that holds. */
  readonly prices: {
    readonly input: number | null;
    readonly output: number | null;
    readonly total: number | null;
  };
}

const NO_PRICES = { input: null, output: null, total: null } as const;

/**
 * Cost of one observation. Provided cost counts as it is; otherwise each usage key is multiplied by the price
 * of the tier that holds. Usage that is absent, or a model that `find` does not know, gives null costs.
 */
export function computeCost(input: CostInput, find: PriceFinder = findPrice): Cost {
  const entry = input.model === null ? undefined : find(input.model, input.startTime);
  const tier = entry === undefined ? undefined : findTier(entry.tiers, input);
  const base = { modelId: entry?.id ?? null, prices: toPrices(tier) };
  if (hasAmounts(input.providedCost)) {
    return { ...base, tier: null, ...toSums(input.providedCost) };
  }
  if (tier === undefined || !hasAmounts(input.usageDetails)) {
    return { ...base, tier: null, ...toSums(null) };
  }
  return { ...base, tier: tier.name, ...toSums(toCostDetails(input.usageDetails, tier.prices)) };
}

function hasAmounts(amounts: Amounts | null): amounts is Amounts {
  return amounts !== null && Object.keys(amounts).length > 0;
}

function toCostDetails(usage: Amounts, prices: Amounts): Amounts | null {
  const costs: Record<string, number> = {};
  for (const [key, units] of Object.entries(usage)) {
    const price = Object.hasOwn(prices, key) ? prices[key] : undefined;
    if (price !== undefined && key !== 'total') costs[key] = toMoney(units * price);
  }
  const total = usage['total'];
  const totalPrice = prices['total'];
  if (totalPrice !== undefined && total !== undefined && Object.keys(costs).length === 0) {
    return { total: toMoney(total * totalPrice) };
  }
  return Object.keys(costs).length === 0 ? null : { ...costs, total: toTotal(costs) };
}

/** Sums by direction. The total is the given one, or everything else added up. */
function toSums(amounts: Amounts | null) {
  if (amounts === null) {
    return { costDetails: null, inputCost: null, outputCost: null, totalCost: null };
  }
  const totalCost = amounts['total'] ?? toTotal(amounts);
  return {
    costDetails: { ...amounts, total: totalCost },
    inputCost: toDirection(amounts, 'input'),
    outputCost: toDirection(amounts, 'output'),
    totalCost,
  };
}

function toDirection(amounts: Amounts, word: string): number | null {
  const values = Object.entries(amounts).filter(([key]) => key.includes(word));
  return values.length === 0 ? null : toMoney(values.reduce((sum, [, value]) => sum + value, 0));
}

function toTotal(amounts: Amounts): number {
  return toMoney(
    Object.entries(amounts).reduce((sum, [key, value]) => (key === 'total' ? sum : sum + value), 0),
  );
}

/** Twelve significant digits: below any invoice, above the noise of binary fractions. */
function toMoney(amount: number): number {
  return Number(amount.toPrecision(12));
}

function toPrices(tier: PriceTier | undefined): Cost['prices'] {
  if (tier === undefined) return NO_PRICES;
  const { input, output, total } = tier.prices;
  return { input: input ?? null, output: output ?? null, total: total ?? null };
}

/** The first tier by priority whose conditions all hold; the default tier comes last. */
function findTier(tiers: readonly PriceTier[], input: CostInput): PriceTier | undefined {
  const special = tiers
    .filter((tier) => !tier.isDefault)
    .toSorted((a, b) => a.priority - b.priority)
    .find((tier) => tier.conditions.every((condition) => isMet(condition, input)));
  return special ?? tiers.find((tier) => tier.isDefault);
}

function isMet(condition: TierCondition, input: CostInput): boolean {
  if (condition.kind !== 'usage') {
    const source = toObject(
      condition.kind === 'parameter' ? input.modelParameters : input.metadata,
    );
    const value = source?.[condition.key];
    return (
      value !== undefined &&
      value !== null &&
      condition.values.includes(typeof value === 'string' ? value : JSON.stringify(value))
    );
  }
  const pattern = new RegExp(condition.pattern, 'i');
  const matches = condition.matches ?? ((key: string) => pattern.test(key));
  const sum = Object.entries(input.usageDetails ?? {}).reduce(
    (all, [key, units]) => (matches(key) ? all + units : all),
    0,
  );
  return COMPARE[condition.operator](sum, condition.value);
}

const COMPARE = {
  gt: (a: number, b: number) => a > b,
  gte: (a: number, b: number) => a >= b,
  lt: (a: number, b: number) => a < b,
  lte: (a: number, b: number) => a <= b,
  eq: (a: number, b: number) => a === b,
  neq: (a: number, b: number) => a !== b,
} as const;

function toObject(value: unknown): Record<string, unknown> | undefined {
  if (isObject(value)) return value;
  if (typeof value !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
