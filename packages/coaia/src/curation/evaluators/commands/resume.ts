/** `coaia evaluators resume`: lets a paused evaluator go on. */
import { defineCommand } from '#surface';
import { evaluatorsApi } from '../ports.ts';
import { findEvaluator } from './find-evaluator.ts';

export const command = defineCommand({
  words: 'evaluators resume',
  summary: 'Let a paused evaluator go on',
  description:
    'What waited for it is evaluated then. Fails when the evaluator could still not run.',
  needs: evaluatorsApi,
  positionals: [{ name: 'evaluator', summary: 'Id or name', required: true }],
  options: {},
  examples: ['coaia evaluators resume quality'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const { id, name } = await findEvaluator(api, args.evaluator);
    const resumed = await api.resumeEvaluator(id);
    if (flags.json) out.json(resumed);
    else out.confirm(`The evaluator "${name}" goes on.`);
  },
});
