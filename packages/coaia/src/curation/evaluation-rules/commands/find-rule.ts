/** Rules as people name them. */
import { notFound } from '#base';
import type { EvaluationRule, EvaluatorsApi } from '@coaia/client';
import { readAll } from '../../evaluators/commands/find-evaluator.ts';

/** The rule with this id, else the newest one of this name. Fails with COAIA-0003. */
export async function findRule(
  api: Pick<EvaluatorsApi, 'listRules'>,
  wanted: string,
): Promise<EvaluationRule> {
  const all = await readAll((query) => api.listRules(query));
  const found = all.find(({ id }) => id === wanted) ?? all.find(({ name }) => name === wanted);
  if (found === undefined) throw notFound('Evaluation rule', wanted, 'coaia evaluation-rules list');
  return found;
}
