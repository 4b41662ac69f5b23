/** Models judge a trace, or an observation of it: a score each, with its reasons. */
import { createId, createTraceId } from '#base';
import type { Scope } from '#base';
import { loadJudge } from '#curation';
import { createLocalObservability } from '#observability';
import type { JudgementInput, Judgements, JudgementScore, ScoreConfig } from '@coaia/client';
import { toAgreement } from '../actions/agreement.ts';
import { judgeSubject, toForm } from '../actions/judge-subject.ts';
import type { Judgement } from '../actions/judge-subject.ts';
import type { ActionPorts } from '../actions/ports.ts';
import { findScoreConfig, writeScore } from '../actions/write-score.ts';
import { runFailures } from '../runs/errors.ts';

/**
 * Asks every judge, then writes the scores: all of them or, when one of the judges fails, none. Each call is a trace
 * of its own. Fails with COAIA-0003 (trace), COAIA-5101 (config), COAIA-2260 (malformed answer), COAIA-4000 to 4012.
 */
export async function judgeTrace(
  ports: ActionPorts,
  scope: Scope,
  input: JudgementInput,
): Promise<Judgements> {
  const config = await findScoreConfig(ports, scope, input.config);
  const form = config === undefined ? undefined : toForm(config);
  if (config === undefined || form === undefined)
    throw runFailures.create(
      'COAIA-5101',
      `The score config "${input.config}" takes any text, which no judge can be held to.`,
    );
  const subject = await readSubject(ports, scope, input);
  const { JUDGE_ENVIRONMENT: environment } = await loadJudge();
  const question = { name: config.name, criteria: toCriteria(input, config), form, ...subject };
  const judges = input.models ?? [undefined];
  const judgements = await Promise.all(
    judges.map((model) => {
      const place = { scope, environment, traceId: createTraceId() };
      return judgeSubject(ports, place, question, { model, connection: input.provider });
    }),
  );
  const scores = await writeScores(ports, scope, { input, config, judgements });
  return { name: config.name, scores, ...toAgreement(judgements.map(({ value }) => value)) };
}

async function readSubject(
  { db, clock }: ActionPorts,
  scope: Scope,
  { traceId, observationId }: JudgementInput,
): Promise<{ readonly input: unknown; readonly output: unknown }> {
  const api = createLocalObservability({ db, clock }, scope);
  const { input, output } =
    observationId === undefined
      ? await api.getTrace(traceId)
      : await api.getObservation(observationId);
  return { input, output };
}

function toCriteria({ criteria }: JudgementInput, { name, description }: ScoreConfig): string {
  if (criteria !== undefined) return criteria;
  const more = description === null || description === undefined ? '' : `: ${description}`;
  return `${name}${more}`;
}

interface Written {
  readonly input: JudgementInput;
  readonly config: ScoreConfig;
  readonly judgements: readonly Judgement[];
}

async function writeScores(
  ports: ActionPorts,
  scope: Scope,
  { input, config, judgements }: Written,
): Promise<readonly JudgementScore[]> {
  const { traceId, observationId } = input;
  const written: JudgementScore[] = [];
  for (const { model, value, reasoning, traceId: judged } of judgements) {
    const id = createId();
    await writeScore(ports, scope, {
      id,
      traceId,
      ...(observationId === undefined ? {} : { observationId }),
      name: config.name,
      value,
      dataType: config.dataType,
      configId: config.id,
      comment: reasoning,
      metadata: { judge_model: model, judge_trace_id: judged },
    });
    written.push({ id, model, value, reasoning, traceId: judged });
  }
  return written;
}
