/** What crosses the wire for evaluators under `/unstable/evaluators`: the older form of the same. */
import { z } from 'zod';
import { limitParameter, pageMetaAnswer, pageParameter } from '../list-query.ts';
import { categories, mappingAnswer, mappingEntry, modelConfig, name } from './schema.ts';

const described = z.object({ description: z.string().max(10_000) });
const optionalNumber = z.number().nullish();

const output = z
  .discriminatedUnion('dataType', [
    z.object({
      dataType: z.literal('NUMERIC'),
      reasoning: described,
      score: described.extend({ minValue: optionalNumber, maxValue: optionalNumber }),
    }),
    z.object({ dataType: z.literal('BOOLEAN'), reasoning: described, score: described }),
    z.object({
      dataType: z.literal('CATEGORICAL'),
      reasoning: described,
      score: described.extend({ categories, shouldAllowMultipleMatches: z.boolean() }),
    }),
  ])
  .refine(
    (one) =>
      one.dataType !== 'NUMERIC' ||
      (one.score.minValue ?? -Infinity) <= (one.score.maxValue ?? Infinity),
    { message: 'minValue must not exceed maxValue', path: ['score', 'minValue'] },
  );

/** The older form of an output definition. */
export type NestedOutput = z.infer<typeof output>;

const withType = (value: unknown) =>
  typeof value === 'object' && value !== null && !('type' in value)
    ? { ...value, type: 'llm_as_judge' }
    : value;

export const unstableEvaluatorBody = z.preprocess(
  withType,
  z.discriminatedUnion('type', [
    z.object({
      type: z.literal('llm_as_judge'),
      name,
      prompt: z.string().min(1),
      outputDefinition: output,
      modelConfig: modelConfig.nullish(),
      mapping: z.array(mappingEntry).max(100).nullish(),
    }),
    z.object({
      type: z.literal('code'),
      name,
      sourceCode: z.string().min(1).max(262_144),
      sourceCodeLanguage: z.enum(['PYTHON', 'TYPESCRIPT']),
    }),
  ]),
);

/** A parsed body of `POST /unstable/evaluators`. */
export type UnstableEvaluatorBody = z.infer<typeof unstableEvaluatorBody>;

export const pageQuery = z.object({ page: pageParameter, limit: limitParameter(100, 50) });

/** A parsed query of the lists with pages. */
export type PageQuery = z.infer<typeof pageQuery>;

const head = {
  id: z.string(),
  name: z.string(),
  version: z.int(),
  variables: z.array(z.string()),
  mapping: z.array(mappingAnswer).nullable(),
  evaluationRuleCount: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

const plain = z.object({ description: z.string() });
const outputAnswer = z.discriminatedUnion('dataType', [
  z.object({
    dataType: z.literal('NUMERIC'),
    reasoning: plain,
    score: plain.extend({
      minValue: z.number().nullable().optional(),
      maxValue: z.number().nullable().optional(),
    }),
  }),
  z.object({ dataType: z.literal('BOOLEAN'), reasoning: plain, score: plain }),
  z.object({
    dataType: z.literal('CATEGORICAL'),
    reasoning: plain,
    score: plain.extend({
      categories: z.array(z.string()),
      shouldAllowMultipleMatches: z.boolean(),
    }),
  }),
]);

export const unstableEvaluatorAnswer = z.discriminatedUnion('type', [
  z.object({
    ...head,
    type: z.literal('llm_as_judge'),
    prompt: z.string(),
    outputDefinition: outputAnswer,
    modelConfig: z.object({ provider: z.string(), model: z.string() }).nullable(),
  }),
  z.object({
    ...head,
    type: z.literal('code'),
    sourceCode: z.string(),
    sourceCodeLanguage: z.enum(['PYTHON', 'TYPESCRIPT']),
  }),
]);

export const unstableEvaluatorListAnswer = z.object({
  data: z.array(unstableEvaluatorAnswer),
  meta: pageMetaAnswer,
});

export const messageAnswer = z.object({ message: z.string() });
