/** What crosses the wire for evaluators (`/v2/evaluators`). */
import { z } from 'zod';
import { limitParameter, textParameter } from '../list-query.ts';

export const SOURCES = [
  'input',
  'output',
  'metadata',
  'tool_calls',
  'expected_output',
  'experiment_item_metadata',
] as const;

export const name = z.string().trim().min(1).max(255);
export const description = z.string().max(5000).nullish();

/** An absent path may also be null. */
export const mappingEntry = z
  .object({
    variable: z.string().min(1),
    source: z.enum(SOURCES),
    jsonPath: z.string().max(1000).nullish(),
  })
  .transform(({ jsonPath, ...rest }) => ({ ...rest, ...(jsonPath ? { jsonPath } : {}) }));

export const modelConfig = z.object({ provider: z.string().min(1), model: z.string().min(1) });

const message = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().min(1),
});

const prompt = z
  .union([z.string().min(1), z.array(message).min(1).max(100)])
  .transform((value) =>
    typeof value === 'string' ? [{ role: 'user' as const, content: value }] : value,
  )
  .refine((list) => list.every(({ role }, index) => role !== 'system' || index === 0), {
    message: 'A system message may only be the first one',
  });

const words = {
  scoreReasoningInstructions: z.string().max(10_000).optional(),
  scoreValueInstructions: z.string().max(10_000).optional(),
};

export const categories = z
  .array(z.string().trim().min(1).max(500))
  .min(2)
  .max(100)
  .refine((list) => new Set(list).size === list.length, { message: 'Categories must be unique' });

export const outputDefinition = z
  .discriminatedUnion('dataType', [
    z.strictObject({
      dataType: z.literal('NUMERIC'),
      ...words,
      minValue: z.number().optional(),
      maxValue: z.number().optional(),
    }),
    z.strictObject({ dataType: z.literal('BOOLEAN'), ...words }),
    z.strictObject({
      dataType: z.literal('CATEGORICAL'),
      ...words,
      categories,
      shouldAllowMultipleMatches: z.boolean(),
    }),
  ])
  .refine(
    (one) =>
      one.dataType !== 'NUMERIC' ||
      one.minValue === undefined ||
      one.maxValue === undefined ||
      one.minValue <= one.maxValue,
    { message: 'minValue must not exceed maxValue', path: ['minValue'] },
  );

const judge = {
  type: z.literal('llm_as_judge'),
  prompt,
  modelConfig: modelConfig.nullish(),
  variableMapping: z.array(mappingEntry).max(100).nullish(),
  outputDefinition,
};

const code = {
  type: z.literal('code'),
  sourceCode: z.string().min(1).max(262_144),
  sourceCodeLanguage: z.enum(['PYTHON', 'TYPESCRIPT']),
};

export const evaluatorBody = z.discriminatedUnion('type', [
  z.object({ name, description, ...judge }),
  z.object({ name, description, ...code }),
]);

/** A parsed body of `POST /v2/evaluators`. */
export type EvaluatorBody = z.infer<typeof evaluatorBody>;

/** Names alone, or a complete definition with or without them. */
export const evaluatorPatch = z
  .union([
    z.object({ name: name.optional(), description, ...judge }),
    z.object({ name: name.optional(), description, ...code }),
    z.strictObject({ name: name.optional(), description }),
  ])
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), {
    message: 'At least one field must be given',
  });

/** A parsed body of `PATCH /v2/evaluators/{evaluatorId}`. */
export type EvaluatorPatch = z.infer<typeof evaluatorPatch>;

export const cursorQuery = z.object({ limit: limitParameter(100, 50), cursor: textParameter });

/** A parsed query of the lists with cursors. */
export type CursorQuery = z.infer<typeof cursorQuery>;

const mappingAnswer = z.object({
  variable: z.string(),
  source: z.string().nullable(),
  jsonPath: z.string().optional(),
});

const outputAnswer = z.discriminatedUnion('dataType', [
  z.object({
    dataType: z.literal('NUMERIC'),
    scoreReasoningInstructions: z.string().optional(),
    scoreValueInstructions: z.string().optional(),
    minValue: z.number().optional(),
    maxValue: z.number().optional(),
  }),
  z.object({
    dataType: z.literal('BOOLEAN'),
    scoreReasoningInstructions: z.string().optional(),
    scoreValueInstructions: z.string().optional(),
  }),
  z.object({
    dataType: z.literal('CATEGORICAL'),
    scoreReasoningInstructions: z.string().optional(),
    scoreValueInstructions: z.string().optional(),
    categories: z.array(z.string()),
    shouldAllowMultipleMatches: z.boolean(),
  }),
]);

const judgeAnswer = {
  type: z.literal('llm_as_judge'),
  prompt: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  variables: z.array(z.string()),
  variableMapping: z.array(mappingAnswer).nullable(),
  modelConfig: z.object({ provider: z.string(), model: z.string() }).nullable(),
  outputDefinition: outputAnswer,
};

const codeAnswer = {
  type: z.literal('code'),
  sourceCode: z.string(),
  sourceCodeLanguage: z.enum(['PYTHON', 'TYPESCRIPT']),
};

const creator = z.object({ id: z.string(), name: z.string().nullable() }).nullable();
const time = z.iso.datetime();

const head = {
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  createdBy: creator,
  status: z.enum(['active', 'paused']),
  pausedAt: time.nullable(),
  pausedReason: z.string().nullable(),
  pausedMessage: z.string().nullable(),
  evaluationRuleAssignments: z.array(
    z.object({
      evaluationRuleId: z.string(),
      variableMappingOverride: z.array(mappingAnswer).optional(),
    }),
  ),
  createdAt: time,
  updatedAt: time,
  versionId: z.string(),
  version: z.int(),
  versionCreatedAt: time,
  versionCreatedBy: creator,
};

export const evaluatorAnswer = z.discriminatedUnion('type', [
  z.object({ ...head, ...judgeAnswer }),
  z.object({ ...head, ...codeAnswer }),
]);

const versionHead = { id: z.string(), version: z.int(), createdAt: time, createdBy: creator };

const versionAnswer = z.discriminatedUnion('type', [
  z.object({ ...versionHead, ...judgeAnswer }),
  z.object({ ...versionHead, ...codeAnswer }),
]);

/** The meta of a list with cursors. */
export const cursorMeta = z.object({ cursor: z.string().optional() });

export const evaluatorListAnswer = z.object({ data: z.array(evaluatorAnswer), meta: cursorMeta });
export const versionListAnswer = z.object({ data: z.array(versionAnswer), meta: cursorMeta });
export const deletedAnswer = z.object({ id: z.string() });
export { mappingAnswer };
