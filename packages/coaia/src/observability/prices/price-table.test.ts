/** The price table as data: every entry is complete, reachable, and says where it comes from. */
import { describe, expect, it } from 'vitest';
import { findPrice } from './find-price.ts';
import { listPrices } from './price-table.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

describe('price table', () => {
  it('has enough models and no id twice', () => {
    const ids = listPrices().map((entry) => entry.id);
    expect(ids.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(listPrices().map((entry) => [entry.id, entry] as const))(
    '%s is complete',
    (id, entry) => {
      expect(entry.source).toMatch(/^https:\/\//);
      expect(entry.checked).toMatch(DAY);
      expect(Number.isNaN(Date.parse(entry.checked))).toBe(false);
      expect(entry.tiers.filter((tier) => tier.isDefault)).toHaveLength(1);
      for (const tier of entry.tiers) {
        const prices = Object.values(tier.prices);
        expect(prices.length).toBeGreaterThan(0);
        // Nobody asks a thousand dollars for a thousand tokens, and nothing in the list is free.
        expect(prices.every((price) => price > 0 && price < 1e-3)).toBe(true);
      }
      // The entry is the one its own name finds while its price is the newest, and no later entry hides it.
      const start = entry.startDate === undefined ? Date.now() : Date.parse(entry.startDate);
      expect(findPrice(entry.modelName, start)?.id).toBe(id);
    },
  );

  it('names match one entry only, dated prices of one model apart', () => {
    for (const entry of listPrices()) {
      const matches = listPrices().filter((other) =>
        new RegExp(other.matchPattern, 'i').test(entry.modelName),
      );
      expect(new Set(matches.map((match) => match.modelName)).size).toBe(1);
    }
  });
});
