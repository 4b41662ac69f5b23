/** Rules as people name them. */
import { invalidRequest, notFound } from '#base';
import type { EvaluationRule, EvaluatorsApi } from '@coaia/client';
import { readAll } from '../../evaluators/commands/find-evaluator.ts';

/** The rule with this id, else the one of this name. Fails with COAIA-0003, and COAIA-0002 when several have it. */
export async function findRule(
  api: Pick<EvaluatorsApi, 'listRules'>,
  wanted: string,
): Promise<EvaluationRule> {
  const all = await readAll((query) => api.listRules(query));
  const byId = all.find(({ id }) => id === wanted);
  if (byId !== undefined) return byId;
  const [found, other] = all.filter(({ name }) => name === wanted);
  if (other !== undefined)
    throw invalidRequest(
      `Several rules are named "${wanted}"; give the id of one.`,
      undefined,
      'coaia evaluation-rules list',
    );
  if (found === undefined) throw notFound('Evaluation rule', wanted, 'coaia evaluation-rules list');
  return found;
}
