/** `coaia evaluation-rules log`: evaluations, newest first, of rules and of people. */
import { defineCommand, listOptions } from '#surface';
import { findEvaluator } from '../../evaluators/commands/find-evaluator.ts';
import { EVALUATION_COLUMNS } from '../../evaluators/evaluation-columns.ts';
import { evaluatorsApi } from '../../evaluators/ports.ts';
import { findRule } from './find-rule.ts';

export const command = defineCommand({
  words: 'evaluation-rules log',
  summary: 'Show what was evaluated, what waits and what failed',
  needs: evaluatorsApi,
  positionals: [{ name: 'rule', summary: 'Only of this rule, by id or name' }],
  options: {
    status: {
      type: 'string',
      choices: ['pending', 'running', 'done', 'failed'],
      summary: 'Only these',
    },
    evaluator: { type: 'string', placeholder: 'EVALUATOR', summary: 'Only of this evaluator' },
    trace: { type: 'string', placeholder: 'ID', summary: 'Only of this trace' },
    limit: { type: 'number', placeholder: 'N', summary: 'At most so many, up to 100', default: 50 },
    ...listOptions,
  },
  examples: ['coaia evaluation-rules log', 'coaia evaluation-rules log answers --status failed'],
  async run({ open, out }, { options, args }) {
    const api = await open();
    const evaluationRuleId =
      args.rule === undefined ? undefined : (await findRule(api, args.rule)).id;
    const evaluatorId =
      options.evaluator === undefined
        ? undefined
        : (await findEvaluator(api, options.evaluator)).id;
    const given = {
      evaluationRuleId,
      evaluatorId,
      status: options.status as 'failed' | undefined,
      traceId: options.trace,
      limit: options.limit,
    };
    const { data, meta } = await api.listEvaluations(
      Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    );
    out.list({ things: 'evaluations', rows: data, columns: EVALUATION_COLUMNS }, options);
    const { pending, running, failed } = meta.counts;
    if (pending + running + failed > 0)
      out.notice(`${pending} wait, ${running} are under way, ${failed} failed.`);
    const why = data.find(({ error }) => error !== null)?.error;
    if (why) out.notice(`The newest failure: ${why.code} ${why.message}`);
  },
});
