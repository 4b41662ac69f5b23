/** What an observation costs: prices by name and date, tiers, provided cost, and nothing where nothing is known. */
import { describe, expect, it } from 'vitest';
import { computeCost } from './compute-cost.ts';
import type { CostInput } from './compute-cost.ts';

const cost = (input: Partial<CostInput>) =>
  computeCost({
    model: 'gpt-4o',
    usageDetails: null,
    providedCost: null,
    startTime: Date.parse('2026-01-15T00:00:00Z'),
    level: 'DEFAULT',
    ...input,
  });

describe('computeCost', () => {
  it('multiplies each usage key by its price and adds them up', () => {
    // 2.50, 1.25 and 10 USD per million.
    const result = cost({
      usageDetails: { input: 1000, input_cached_tokens: 2000, output: 100, total: 3100 },
    });
    expect(result).toMatchObject({
      modelId: 'builtin:openai:gpt-4o',
      tier: 'Standard',
      costDetails: { input: 0.0025, input_cached_tokens: 0.0025, output: 0.001, total: 0.006 },
      inputCost: 0.005,
      outputCost: 0.001,
      totalCost: 0.006,
      prices: { input: 2.5e-6, output: 1e-5, total: null },
    });
  });

  it('takes a price per total where there is no other', () => {
    const result = cost({ model: 'text-embedding-3-small', usageDetails: { total: 50_000 } });
    expect(result).toMatchObject({ inputCost: null, outputCost: null, totalCost: 0.001 });
  });

  it('does not compute as soon as any cost is provided', () => {
    const usageDetails = { input: 1_000_000, output: 1_000_000, total: 2_000_000 };
    expect(
      cost({ usageDetails, providedCost: { input: 1, output: 2, reasoning: 0.5 } }),
    ).toMatchObject({
      tier: null,
      costDetails: { input: 1, output: 2, reasoning: 0.5, total: 3.5 },
      inputCost: 1,
      outputCost: 2,
      totalCost: 3.5,
    });
    expect(cost({ usageDetails, providedCost: { total: 0 } })).toMatchObject({
      inputCost: null,
      totalCost: 0,
    });
  });

  it('knows nothing of unknown models and absent usage', () => {
    const nothing = { costDetails: null, inputCost: null, outputCost: null, totalCost: null };
    expect(cost({ model: 'house-model', usageDetails: { input: 5 } })).toMatchObject({
      ...nothing,
      modelId: null,
      prices: { input: null, output: null, total: null },
    });
    expect(cost({ model: null, usageDetails: { input: 5 } })).toMatchObject(nothing);
    expect(cost({ usageDetails: null })).toMatchObject({
      ...nothing,
      modelId: 'builtin:openai:gpt-4o',
    });
    expect(cost({ usageDetails: { widgets: 3, total: 3 } })).toMatchObject(nothing);
  });

  it('uses the price that held when the observation started', () => {
    const usageDetails = { input: 1_000_000 };
    const at = (time: string) => cost({ model: 'o3', usageDetails, startTime: Date.parse(time) });
    expect(at('2025-05-01T00:00:00Z').totalCost).toBe(10);
    expect(at('2025-06-10T00:00:00Z').totalCost).toBe(2);
    expect(at('2025-01-01T00:00:00Z')).toMatchObject({ modelId: null, totalCost: null });
  });

  it('changes the tier by the whole input, cached parts included', () => {
    const model = 'claude-sonnet-4-5-20250929';
    const small = cost({ model, usageDetails: { input: 100_000, input_cached_tokens: 100_000 } });
    const large = cost({ model, usageDetails: { input: 100_000, input_cached_tokens: 100_001 } });
    expect(small).toMatchObject({ tier: 'Standard', costDetails: { input: 0.3 } });
    expect(large).toMatchObject({ tier: 'Input over 200k', costDetails: { input: 0.6 } });
  });

  it.each([
    ['openai/gpt-4o-mini-2024-07-18', 'builtin:openai:gpt-4o-mini'],
    ['GPT-4o', 'builtin:openai:gpt-4o'],
    ['gpt-4o-2024-05-13', 'builtin:openai:gpt-4o-2024-05-13'],
    ['us.anthropic.claude-3-5-sonnet-20241022-v2:0', 'builtin:anthropic:claude-3-5-sonnet'],
    ['claude-sonnet-4@20250514', 'builtin:anthropic:claude-sonnet-4'],
    ['claude-opus-4-1-20250805', 'builtin:anthropic:claude-opus-4-1'],
    ['anthropic/claude-sonnet-4.5', 'builtin:anthropic:claude-sonnet-4-5'],
    ['claude-3-5-sonnet-v2@20241022', 'builtin:anthropic:claude-3-5-sonnet'],
    ['models/gemini-2.5-pro', 'builtin:google:gemini-2.5-pro'],
    ['gemini-2x5-pro', null],
    ['gpt-4o-mini-but-mine', null],
    [`gpt-4o${'-'.repeat(1000)}`, null],
  ])('finds the entry of %s', (model, modelId) => {
    expect(cost({ model }).modelId).toBe(modelId);
  });
});
