import type { Model, ModelTier } from '@coaia/client';

const million = 1_000_000;

/** The prices that count when no condition holds, USD for one by kind of use. */
export function findPrices({ pricingTiers, prices }: Model): Readonly<Record<string, number>> {
  const preset = pricingTiers.find(({ isDefault }) => isDefault);
  if (preset !== undefined) return preset.prices;
  return Object.fromEntries(Object.entries(prices).map(([kind, { price }]) => [kind, price]));
}

/** Without the noise of a multiplication in binary. */
const toMillion = (price: number) => Number((price * million).toPrecision(12));
const toOne = (price: number) => Number((price / million).toPrecision(12));

/** A price as people compare it: USD per million, such as `0.15`; null when there is none. */
export function toPricePerMillion(price: number | undefined): string | null {
  return price === undefined ? null : String(toMillion(price));
}

/** One line for each kind of use. */
export function toPriceLines(prices: Readonly<Record<string, number>>): string {
  return Object.entries(prices)
    .map(([kind, price]) => `${kind} ${toMillion(price)}`)
    .join('\n');
}

/** Lines of prices per million as prices for one, or the first line that is none. */
export function parsePriceLines(
  text: string,
): { readonly prices: Readonly<Record<string, number>> } | { readonly wrong: string } {
  const prices: Record<string, number> = {};
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const found = /^([^\s:=]+)[\s:=]+\$?(\d+(?:\.\d+)?)$/.exec(line);
    if (found?.[1] === undefined) return { wrong: line };
    prices[found[1]] = toOne(Number(found[2]));
  }
  return { prices };
}

/** Tiers as they are sent again: without the ids that the server gave. */
export function toTierInputs(tiers: readonly ModelTier[]): readonly Omit<ModelTier, 'id'>[] {
  return tiers.map(({ name, isDefault, priority, conditions, prices }) => ({
    name,
    isDefault,
    priority,
    conditions,
    prices,
  }));
}

/** The one tier of a model whose price never depends on anything. */
export function toSingleTier(prices: Readonly<Record<string, number>>) {
  return [{ name: 'Standard', isDefault: true, priority: 0, conditions: [], prices }];
}
