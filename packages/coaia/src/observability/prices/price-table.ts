/** All built-in prices: facts from public price lists, with the address and the day they were known to hold. */
import { ANTHROPIC_PRICES } from './anthropic-prices.ts';
import { GOOGLE_PRICES } from './google-prices.ts';
import { OPENAI_PRICES } from './openai-prices.ts';
import { OTHER_PRICES } from './other-prices.ts';
import type { PriceEntry } from './price-entry.ts';

export const PRICE_TABLE: readonly PriceEntry[] = [
  ...OPENAI_PRICES,
  ...ANTHROPIC_PRICES,
  ...GOOGLE_PRICES,
  ...OTHER_PRICES,
];

/** The built-in entries in the order of the table, for pages and docs. */
export function listPrices(): readonly PriceEntry[] {
  return PRICE_TABLE;
}
