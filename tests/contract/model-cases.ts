/** Models, metrics and feedback in the suites that walk every operation. */
import type { NounCases } from './operation-cases.ts';
import { PAGE } from './shapes.ts';

const MODEL = {
  id: 'string',
  modelName: 'string',
  matchPattern: 'string',
  startDate: 'time?',
  unit: 'string?*',
  inputPrice: 'number?',
  outputPrice: 'number?',
  totalPrice: 'number?',
  tokenizerId: 'string?',
  tokenizerConfig: 'any',
  isLangfuseManaged: 'boolean',
  createdAt: 'time',
  prices: 'any',
  pricingTiers: [
    {
      id: 'string',
      name: 'string',
      isDefault: 'boolean',
      priority: 'int',
      conditions: 'any',
      prices: 'map',
    },
  ],
} as const;

const NEW_MODEL = { modelName: 'case', matchPattern: '^case$', inputPrice: 0.1, unit: 'TOKENS' };

/** A query every view understands. */
const toQuery = () =>
  `query=${encodeURIComponent(
    JSON.stringify({
      view: 'observations',
      metrics: [{ measure: 'count', aggregation: 'count' }],
      dimensions: [{ field: 'type' }],
      fromTimestamp: '2020-01-01T00:00:00Z',
      toTimestamp: '2040-01-01T00:00:00Z',
    }),
  )}`;

const METRICS = { data: [{ type: 'string', count_count: 'int' }] } as const;

export const MODEL_CASES: NounCases = {
  cases: {
    models_list: { answer: { data: [MODEL], meta: PAGE } },
    models_create: { answer: MODEL, body: NEW_MODEL },
    models_get: { answer: MODEL, ids: { id: 'builtin:openai:gpt-4o' } },
    models_upsert: { answer: MODEL, body: NEW_MODEL, ids: { id: 'case-model' } },
    models_delete: {
      answer: { message: 'string' },
      ids: { id: 'case-gone' },
      before: (server) =>
        server.send('PUT', '/models/case-gone', { body: JSON.stringify(NEW_MODEL) }),
    },
    metrics_metrics: { answer: METRICS, query: toQuery },
    legacy_metricsV1_metrics: { answer: METRICS, query: toQuery },
    feedback_submit: {
      answer: { id: 'string' },
      status: 201,
      body: { targetType: 'cli', target: 'case', feedback: 'It works.' },
    },
  },
};
