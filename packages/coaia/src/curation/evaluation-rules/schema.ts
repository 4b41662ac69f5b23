/** What crosses the wire for evaluation rules, in both spellings. */
import { z } from 'zod';
import { pageMetaAnswer } from '../list-query.ts';
import { cursorMeta, mappingAnswer, mappingEntry, name } from '../evaluators/schema.ts';

const column = z.string().min(1);
const options = z.array(z.string()).min(1).max(1000);
const comparison = z.enum(['=', '>', '<', '>=', '<=']);
const text = z.enum(['=', 'contains', 'does not contain', 'starts with', 'ends with']);
const anyOrNone = z.enum(['any of', 'none of']);

const filter = z.discriminatedUnion('type', [
  z.object({ type: z.literal('datetime'), column, operator: comparison, value: z.string() }),
  z.object({ type: z.literal('string'), column, operator: text, value: z.string() }),
  z.object({ type: z.literal('number'), column, operator: comparison, value: z.number() }),
  z.object({ type: z.literal('stringOptions'), column, operator: anyOrNone, value: options }),
  z.object({
    type: z.literal('categoryOptions'),
    column,
    key: z.string().min(1),
    operator: anyOrNone,
    value: options,
  }),
  z.object({
    type: z.literal('arrayOptions'),
    column,
    operator: z.enum(['any of', 'none of', 'all of']),
    value: options,
  }),
  z.object({
    type: z.literal('stringObject'),
    column,
    key: z.string().min(1),
    operator: text,
    value: z.string(),
  }),
  z.object({
    type: z.literal('numberObject'),
    column,
    key: z.string().min(1),
    operator: comparison,
    value: z.number(),
  }),
  z.object({
    type: z.literal('boolean'),
    column,
    operator: z.enum(['=', '<>']),
    value: z.boolean(),
  }),
  z.object({
    type: z.literal('null'),
    column,
    operator: z.enum(['is null', 'is not null']),
    value: z.literal('').nullish(),
  }),
]);

const filters = z.array(filter).max(50);
/** Above 0: a rule that evaluates nothing is switched off instead. */
const sampling = z.number().gt(0).max(1);

const assignments = z
  .array(
    z.object({
      evaluatorId: z.string().min(1),
      variableMapping: z.array(mappingEntry).max(100).nullish(),
    }),
  )
  .max(20)
  .refine((list) => new Set(list.map(({ evaluatorId }) => evaluatorId)).size === list.length, {
    message: 'An evaluator may be assigned once',
  });

/** Langfuse makes no rules over traces any more; here they are a target like the others. */
const target = z.enum(['observation', 'experiment', 'trace']);

export const ruleBody = z.object({
  name,
  target: target.default('observation'),
  enabled: z.boolean(),
  sampling: sampling.default(1),
  filter: filters.default([]),
  evaluatorAssignments: assignments,
});

/** A parsed body of `POST /v2/evaluation-rules`. */
export type RuleBody = z.infer<typeof ruleBody>;

const atLeastOne = (patch: object) => Object.values(patch).some((value) => value !== undefined);

export const rulePatch = z
  .object({
    name: name.optional(),
    enabled: z.boolean().optional(),
    sampling: sampling.optional(),
    filter: filters.optional(),
    evaluatorAssignments: assignments.optional(),
  })
  .refine(atLeastOne, { message: 'At least one field must be given' });

/** A parsed body of `PATCH /v2/evaluation-rules/{evaluationRuleId}`. */
export type RulePatch = z.infer<typeof rulePatch>;

const filterAnswer = z.object({
  type: z.string(),
  column: z.string(),
  operator: z.string(),
  key: z.string().optional(),
  value: z.unknown().optional(),
});

export const ruleAnswer = z.object({
  id: z.string(),
  name: z.string(),
  createdBy: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  target,
  enabled: z.boolean(),
  sampling: z.number(),
  filter: z.array(filterAnswer),
  evaluatorAssignments: z.array(
    z.object({ evaluatorId: z.string(), variableMapping: z.array(mappingAnswer).nullable() }),
  ),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const ruleListAnswer = z.object({ data: z.array(ruleAnswer), meta: cursorMeta });

const reference = z.object({
  name: z.string().min(1),
  type: z.enum(['llm_as_judge', 'code']).nullish(),
});
const mapping = z.array(mappingEntry).max(100);
const named = z.array(z.object({ evaluator: reference, mapping: mapping.nullish() })).max(20);
const notBoth = (body: {
  readonly evaluators?: unknown;
  readonly evaluator?: unknown;
  readonly mapping?: unknown;
}) => !body.evaluators || (!body.evaluator && !body.mapping);
const NOT_BOTH = { message: 'Give evaluators, or evaluator with mapping, not both' };

export const unstableRuleBody = z
  .object({
    name,
    target,
    enabled: z.boolean(),
    sampling: sampling.nullish(),
    filter: filters.nullish(),
    evaluator: reference.nullish(),
    mapping: mapping.nullish(),
    evaluators: named.min(1).nullish(),
  })
  .refine(notBoth, NOT_BOTH)
  .refine((body) => Boolean(body.evaluator) || Boolean(body.evaluators), {
    message: 'An evaluator is needed',
    path: ['evaluators'],
  });

/** A parsed body of `POST /unstable/evaluation-rules`. */
export type UnstableRuleBody = z.infer<typeof unstableRuleBody>;

export const unstableRulePatch = z
  .object({
    name: name.nullish(),
    target: target.nullish(),
    enabled: z.boolean().nullish(),
    sampling: sampling.nullish(),
    filter: filters.nullish(),
    evaluator: z.object({ name: z.string().min(1) }).nullish(),
    mapping: mapping.nullish(),
    evaluators: named.nullish(),
  })
  .refine(notBoth, NOT_BOTH)
  .refine(atLeastOne, { message: 'At least one field must be given' });

/** A parsed body of `PATCH /unstable/evaluation-rules/{evaluationRuleId}`. */
export type UnstableRulePatch = z.infer<typeof unstableRulePatch>;

const evaluator = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['llm_as_judge', 'code']),
});

const unstableHead = {
  id: z.string(),
  name: z.string(),
  evaluator: evaluator.nullable(),
  enabled: z.boolean(),
  status: z.enum(['active', 'inactive', 'paused']),
  pausedReason: z.string().nullable(),
  pausedMessage: z.string().nullable(),
  sampling: z.number(),
  filter: z.array(filterAnswer),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

const legacyMapping = mappingAnswer.extend({
  langfuseObject: z.string(),
  objectName: z.string().nullable(),
  source: z.string(),
});

export const unstableRuleAnswer = z.union([
  z.object({
    ...unstableHead,
    target: z.enum(['observation', 'experiment']),
    evaluators: z.array(z.object({ evaluator, mapping: z.array(mappingAnswer).nullable() })),
    mapping: z.array(mappingAnswer),
  }),
  z.object({
    ...unstableHead,
    target: z.literal('trace'),
    delay: z.int(),
    timeScope: z.array(z.enum(['NEW', 'EXISTING'])),
    evaluators: z.array(z.object({ evaluator, mapping: z.array(legacyMapping).nullable() })),
    mapping: z.array(legacyMapping),
  }),
]);

export const unstableRuleListAnswer = z.object({
  data: z.array(unstableRuleAnswer),
  meta: pageMetaAnswer,
});
