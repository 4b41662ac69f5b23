/** Google Gemini, paid tier: USD per million tokens; thinking tokens are billed as output. */
import { definePrices } from './price-entry.ts';

export const GOOGLE_PRICES = definePrices(
  {
    vendor: 'google',
    prefix: 'google/|googleai/|gemini/|vertexai/|vertex_ai/|models/',
    source: 'https://ai.google.dev/gemini-api/docs/pricing',
    checked: '2026-03-19',
  },
  [
    {
      model: 'gemini-3.5-flash',
      list: { input: 1.5, cached: 0.15, output: 9 },
      checked: '2026-06-10',
    },
    {
      model: 'gemini-3-pro-preview',
      list: { input: 2, cached: 0.2, output: 12 },
      large: { above: 200_000, list: { input: 4, cached: 0.4, output: 18 } },
      checked: '2025-11-26',
    },
    {
      model: 'gemini-3-flash-preview',
      list: { input: 0.5, cached: 0.05, output: 3 },
      checked: '2026-06-10',
    },
    {
      model: 'gemini-3.1-flash-lite',
      names: 'gemini-3\\.1-flash-lite(-preview)?',
      list: { input: 0.25, cached: 0.025, output: 1.5, audioInput: 0.5 },
      checked: '2026-06-10',
    },
    {
      model: 'gemini-2.5-pro',
      list: { input: 1.25, cached: 0.125, output: 10 },
      large: { above: 200_000, list: { input: 2.5, cached: 0.25, output: 15 } },
    },
    {
      model: 'gemini-2.5-flash',
      list: { input: 0.3, cached: 0.03, output: 2.5, audioInput: 1 },
    },
    {
      model: 'gemini-2.5-flash-lite',
      list: { input: 0.1, cached: 0.01, output: 0.4, audioInput: 0.3 },
      checked: '2026-06-19',
    },
    {
      model: 'gemini-2.0-flash',
      names: 'gemini-2\\.0-flash(-001)?',
      list: { input: 0.1, cached: 0.025, output: 0.4, audioInput: 0.7 },
    },
    {
      model: 'gemini-2.0-flash-lite',
      names: 'gemini-2\\.0-flash-lite(-001)?',
      list: { input: 0.075, output: 0.3 },
    },
    {
      model: 'gemini-1.5-pro',
      names: 'gemini-1\\.5-pro(-latest|-00\\d)?',
      list: { input: 1.25, cached: 0.3125, output: 5 },
      large: { above: 128_000, list: { input: 2.5, cached: 0.625, output: 10 } },
      checked: '2025-05-01',
    },
    {
      model: 'gemini-1.5-flash',
      names: 'gemini-1\\.5-flash(-latest|-00\\d)?',
      list: { input: 0.075, cached: 0.01875, output: 0.3 },
      large: { above: 128_000, list: { input: 0.15, cached: 0.0375, output: 0.6 } },
      checked: '2025-05-01',
    },
    {
      model: 'gemini-embedding-001',
      list: { input: 0.15, total: 0.15 },
      checked: '2025-07-14',
    },
  ],
);
