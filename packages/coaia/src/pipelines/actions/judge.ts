/** `judge`: one or more models score what a step made; their reasons become comments. */
import { defineAction } from '#surface';
import type { ActionContext } from '#surface';
import type { EvaluatorOutput, ScoreConfig } from '@coaia/client';
import { z } from 'zod';
import { runFailures } from '../runs/errors.ts';
import { toAgreement } from './agreement.ts';
import { modelFields } from './ask-model.ts';
import { judgeSubject, toForm } from './judge-subject.ts';
import type { Judgement } from './judge-subject.ts';
import { actionPorts } from './ports.ts';
import type { ActionPorts } from './ports.ts';
import { findScoreConfig, scoreTarget, toScoreId, toTarget, writeScore } from './write-score.ts';

const { schema: _schema, ...model } = modelFields;

const input = z.strictObject({
  ...model,
  ...scoreTarget,
  /** Several judges; each is asked once. */
  models: z.array(z.string().min(1)).min(1).max(20).optional(),
  name: z.string().min(1).optional(),
  criteria: z.string().min(1),
  input: z.unknown().optional(),
  output: z.unknown(),
  /** Name or id of a score config, which says what scores may be. */
  config: z.string().min(1).optional(),
  data_type: z.enum(['NUMERIC', 'CATEGORICAL', 'BOOLEAN']).default('NUMERIC'),
  min: z.coerce.number().default(0),
  max: z.coerce.number().default(1),
  categories: z.array(z.string()).min(1).optional(),
});

type Input = z.infer<typeof input>;

export const action = defineAction({
  name: 'judge',
  summary: 'Let models judge an output; writes their scores with their reasons',
  needs: actionPorts,
  observationType: 'EVALUATOR',
  input,
  async run(ports, context, given) {
    const { scope, signal, traceId, observationId: parentId } = context;
    const config = await findScoreConfig(ports, scope, given.config);
    const name = given.name ?? config?.name ?? 'judge';
    const question = {
      name,
      criteria: given.criteria,
      input: given.input,
      output: given.output,
      form: requireForm(given, config),
    };
    const { models, ...rest } = given;
    const judges = models ?? [given.model];
    // All answer, or the step fails: a score of some judges would look like one of all.
    const judgements = await Promise.all(
      judges.map((one) =>
        judgeSubject(ports, { scope, signal, traceId, parentId }, question, toModel(rest, one)),
      ),
    );
    const scores = await writeScores(ports, context, { given, config, name, judgements });
    const agreement = toAgreement(judgements.map(({ value }) => value));
    const reasoning = judgements.map(({ reasoning: text }) => text).join('\n');
    return { output: { score: agreement.value, reasoning, ...agreement, scores } };
  },
});

function toModel({ temperature, top_p, max_tokens, seed, stop, ...rest }: Input, one?: string) {
  const { connection, parameters } = rest;
  return { model: one, connection, temperature, top_p, max_tokens, seed, stop, parameters };
}

function requireForm(
  { data_type: dataType, min, max, categories }: Input,
  config: ScoreConfig | undefined,
): EvaluatorOutput {
  const form = config === undefined ? undefined : toForm(config);
  if (config !== undefined && form === undefined)
    throw runFailures.create(
      'COAIA-5101',
      `The score config "${config.name}" takes any text, which no judge can be held to.`,
    );
  if (form !== undefined) return form;
  if (dataType === 'CATEGORICAL' && categories === undefined)
    throw runFailures.create('COAIA-5101', 'A CATEGORICAL judge needs "categories".');
  if (dataType === 'CATEGORICAL') return { dataType, categories };
  return dataType === 'BOOLEAN' ? { dataType } : { dataType, minValue: min, maxValue: max };
}

interface Written {
  readonly given: Input;
  readonly config: ScoreConfig | undefined;
  readonly name: string;
  readonly judgements: readonly Judgement[];
}

async function writeScores(
  ports: ActionPorts,
  context: ActionContext,
  { given, config, name, judgements }: Written,
): Promise<readonly unknown[]> {
  const written: unknown[] = [];
  for (const [index, { model: judge, value, reasoning }] of judgements.entries()) {
    const dataType = config?.dataType ?? given.data_type;
    await writeScore(ports, context.scope, {
      id: toScoreId(context.idempotencyKey, String(index)),
      ...toTarget(context, given),
      name,
      value,
      dataType,
      ...(config === undefined ? {} : { configId: config.id }),
      comment: reasoning,
      metadata: { judge_model: judge },
    });
    written.push({ model: judge, value, reasoning });
  }
  return written;
}
