/** What crosses the wire for models. */
import { z } from 'zod';
import { limitParameter, pageParameter } from '../list-query.ts';

export const modelListQuery = z.object({ page: pageParameter, limit: limitParameter(100, 50) });

const UNITS = ['TOKENS', 'CHARACTERS', 'MILLISECONDS', 'SECONDS', 'IMAGES', 'REQUESTS'] as const;
/** A bound that no invoice reaches and no sum overflows. */
const price = z.number().min(0).max(1_000_000);
/** Lets 0 and a missing value be told apart; null counts as absent, as SDKs send it. */
const flatPrice = price.nullish();

const condition = z.union([
  z.object({
    usageDetailPattern: z.string().min(1).max(500),
    operator: z.enum(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']),
    value: z.number(),
    caseSensitive: z.boolean().default(false),
  }),
  z.object({
    source: z.enum(['model_parameters', 'metadata']),
    key: z.string().min(1).max(200),
    operator: z.literal('in'),
    values: z.array(z.string()).min(1).max(100),
  }),
]);

const tier = z.object({
  name: z.string().min(1).max(200),
  isDefault: z.boolean(),
  priority: z.int().min(0),
  conditions: z.array(condition).max(50),
  prices: z.record(z.string().min(1).max(200), price),
});

export const modelBody = z.object({
  modelName: z.string().min(1).max(500),
  matchPattern: z.string().min(1).max(1000),
  startDate: z.iso
    .datetime({ offset: true })
    .or(z.iso.date())
    .nullish()
    .transform((text) => (text === null || text === undefined ? null : Date.parse(text))),
  unit: z.enum(UNITS).nullish(),
  inputPrice: flatPrice,
  outputPrice: flatPrice,
  totalPrice: flatPrice,
  pricingTiers: z.array(tier).min(1).max(50).nullish(),
  tokenizerId: z.string().nullish(),
  tokenizerConfig: z.unknown().optional(),
});

/** A parsed body of `POST /models` and `PUT /models/{id}`; the start is epoch milliseconds. */
export type ModelBody = z.infer<typeof modelBody>;

export const modelAnswer = z.object({
  id: z.string(),
  modelName: z.string(),
  matchPattern: z.string(),
  startDate: z.iso.datetime().nullable(),
  unit: z.enum(UNITS).nullable(),
  inputPrice: z.number().nullable(),
  outputPrice: z.number().nullable(),
  totalPrice: z.number().nullable(),
  tokenizerId: z.string().nullable(),
  tokenizerConfig: z.unknown(),
  isLangfuseManaged: z.boolean(),
  createdAt: z.iso.datetime(),
  prices: z.record(z.string(), z.object({ price: z.number() })),
  pricingTiers: z.array(tier.extend({ id: z.string() })),
});

export const modelListAnswer = z.object({
  data: z.array(modelAnswer),
  meta: z.object({ page: z.int(), limit: z.int(), totalItems: z.int(), totalPages: z.int() }),
});
