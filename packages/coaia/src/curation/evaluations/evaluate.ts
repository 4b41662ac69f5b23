/** One evaluation, from the subject to the scores. Nothing is stored here but the trace of the judge's call. */
import { createTraceId } from '#base';
import type { Scope } from '#base';
import type { EvaluatorDefinition, JudgeDefinition, VariableMapping } from '@coaia/client';
import { toEffectiveMapping } from '../evaluators/definition.ts';
import { findModel } from '../evaluators/preflight.ts';
import { runCode } from './code.ts';
import type { CodeScore } from './code.ts';
import { parseJudgement, toMessages, toResponseSchema } from './judge.ts';
import type { EvaluationPorts } from './ports.ts';
import { JUDGE_ENVIRONMENT } from './subject.ts';
import type { EvaluationSubject } from './subject.ts';

/** A judge may think, but not for ever. */
const JUDGE_TIMEOUT_MS = 120_000;

export interface EvaluateInput {
  readonly evaluator: { readonly id: string; readonly name: string; readonly version: number };
  readonly definition: EvaluatorDefinition;
  /** The rule's own mapping. */
  readonly mapping: readonly VariableMapping[] | null;
  readonly subject: EvaluationSubject;
  /** Trace of the judge's call; made when absent. */
  readonly executionTraceId?: string;
  /** Goes into the metadata of that trace. */
  readonly origin: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Judged {
  readonly scores: readonly CodeScore[];
  /** Null for code, which calls nobody. */
  readonly executionTraceId: string | null;
}

/**
 * Evaluates. Fails with COAIA-2250 (cannot run), 2251 (variables without a source), 2260 and 2261 (malformed
 * answers), the codes of model calls (COAIA-4000) and of the sandbox (COAIA-0750). A failure gives no score.
 */
export async function evaluate(
  ports: EvaluationPorts,
  scope: Scope,
  input: EvaluateInput,
): Promise<Judged> {
  const { definition, subject } = input;
  if (definition.type === 'code')
    return { scores: await runCode(definition, subject), executionTraceId: null };
  return judge(ports, scope, { ...input, definition });
}

async function judge(
  { db, chat }: EvaluationPorts,
  scope: Scope,
  input: EvaluateInput & { readonly definition: JudgeDefinition },
): Promise<Judged> {
  const { definition, evaluator, subject, origin, signal } = input;
  const { name } = evaluator;
  const mapping = toEffectiveMapping(definition, input.mapping);
  const model = await findModel(db, scope.projectId, { name, modelConfig: definition.modelConfig });
  const executionTraceId = input.executionTraceId ?? createTraceId();
  const answer = await chat.send(
    {
      ...model,
      messages: toMessages(definition, mapping, subject),
      responseFormat: { name: 'evaluation', schema: toResponseSchema(definition.outputDefinition) },
    },
    {
      scope,
      timeoutMs: JUDGE_TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
      trace: {
        traceId: executionTraceId,
        name: `Evaluate: ${name}`,
        environment: JUDGE_ENVIRONMENT,
        metadata: { evaluatorId: evaluator.id, evaluatorVersion: evaluator.version, ...origin },
      },
    },
  );
  const scores = parseJudgement(answer.content, name, definition.outputDefinition);
  return { scores, executionTraceId };
}
