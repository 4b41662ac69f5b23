/** OpenAI, text and audio models: USD per million tokens, standard processing. */
import { definePrices } from './price-entry.ts';

export const OPENAI_PRICES = definePrices(
  {
    vendor: 'openai',
    prefix: 'openai/|azure/',
    source: 'https://platform.openai.com/docs/pricing',
    checked: '2025-12-12',
  },
  [
    large('gpt-5.6-sol', [5, 0.5, 30], [10, 1, 45], '2026-07-09'),
    large('gpt-5.6-terra', [2.5, 0.25, 15], [5, 0.5, 22.5], '2026-07-09'),
    large('gpt-5.6-luna', [1, 0.1, 6], [2, 0.2, 9], '2026-07-09'),
    cached('gpt-5.5', 5, 0.5, 30, '2026-04-25'),
    { model: 'gpt-5.5-pro', list: { input: 30, output: 180 }, checked: '2026-04-25' },
    cached('gpt-5.4', 2.5, 0.25, 15, '2026-03-05'),
    cached('gpt-5.4-mini', 0.75, 0.075, 4.5, '2026-03-18'),
    cached('gpt-5.4-nano', 0.2, 0.02, 1.25, '2026-03-18'),
    { model: 'gpt-5.4-pro', list: { input: 30, output: 180 }, checked: '2026-03-05' },
    cached('gpt-5.2', 1.75, 0.175, 14),
    { model: 'gpt-5.2-pro', list: { input: 21, output: 168 } },
    cached('gpt-5.1', 1.25, 0.125, 10),
    cached('gpt-5.1-codex', 1.25, 0.125, 10),
    cached('gpt-5.1-codex-mini', 0.25, 0.025, 2),
    cached('gpt-5', 1.25, 0.125, 10),
    cached('gpt-5-chat-latest', 1.25, 0.125, 10),
    cached('gpt-5-codex', 1.25, 0.125, 10),
    cached('gpt-5-mini', 0.25, 0.025, 2),
    cached('gpt-5-nano', 0.05, 0.005, 0.4),
    { model: 'gpt-5-pro', list: { input: 15, output: 120 } },
    cached('gpt-4.1', 2, 0.5, 8),
    cached('gpt-4.1-mini', 0.4, 0.1, 1.6),
    cached('gpt-4.1-nano', 0.1, 0.025, 0.4),
    {
      model: 'gpt-4o',
      // The first dated snapshot keeps its own, higher price.
      names: 'gpt-4o(-2024-08-06|-2024-11-20)?',
      list: { input: 2.5, cached: 1.25, output: 10 },
    },
    {
      model: 'gpt-4o-2024-05-13',
      names: 'gpt-4o-2024-05-13|chatgpt-4o-latest',
      list: { input: 5, output: 15 },
    },
    cached('gpt-4o-mini', 0.15, 0.075, 0.6),
    {
      model: 'gpt-4o-audio-preview',
      list: { input: 2.5, output: 10, audioInput: 40, audioOutput: 80 },
    },
    cached('o1', 15, 7.5, 60),
    cached('o1-preview', 15, 7.5, 60),
    { model: 'o1-pro', list: { input: 150, output: 600 } },
    { model: 'o3', list: { input: 10, cached: 2.5, output: 40 }, startDate: '2025-04-16' },
    { model: 'o3', list: { input: 2, cached: 0.5, output: 8 }, startDate: '2025-06-10' },
    { model: 'o3-pro', list: { input: 20, output: 80 } },
    cached('o3-mini', 1.1, 0.55, 4.4),
    cached('o4-mini', 1.1, 0.275, 4.4),
    {
      model: 'gpt-4-turbo',
      names: 'gpt-4-turbo(-2024-04-09|-preview)?|gpt-4-(1106|0125)-preview',
      list: { input: 10, output: 30 },
    },
    { model: 'gpt-4', names: 'gpt-4(-0314|-0613)?', list: { input: 30, output: 60 } },
    { model: 'gpt-4-32k', names: 'gpt-4-32k(-0314|-0613)?', list: { input: 60, output: 120 } },
    {
      model: 'gpt-3.5-turbo',
      names: 'gpt-3[.]?5-turbo(-0125)?',
      list: { input: 0.5, output: 1.5 },
    },
    {
      model: 'gpt-3.5-turbo-instruct',
      names: 'gpt-3[.]?5-turbo-instruct',
      list: { input: 1.5, output: 2 },
    },
    { model: 'text-embedding-3-small', list: { input: 0.02, total: 0.02 } },
    { model: 'text-embedding-3-large', list: { input: 0.13, total: 0.13 } },
    {
      model: 'text-embedding-ada-002',
      names: 'text-embedding-ada-002(-v2)?',
      list: { input: 0.1, total: 0.1 },
    },
  ],
);

function cached(model: string, input: number, read: number, output: number, checked?: string) {
  return { model, list: { input, cached: read, output }, ...(checked ? { checked } : {}) };
}

type Triple = readonly [input: number, cached: number, output: number];

function large(model: string, standard: Triple, above: Triple, checked: string) {
  return {
    ...cached(model, ...standard, checked),
    large: { above: 272_000, list: { input: above[0], cached: above[1], output: above[2] } },
  };
}
