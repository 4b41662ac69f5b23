/** `coaia evaluators delete`: removes an evaluator with its versions. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { evaluatorsApi } from '../ports.ts';
import { findEvaluator } from './find-evaluator.ts';

export const command = defineCommand({
  words: 'evaluators delete',
  summary: 'Delete an evaluator; its scores stay',
  needs: evaluatorsApi,
  positionals: [{ name: 'evaluator', summary: 'Id or name', required: true }],
  options: {},
  examples: ['coaia evaluators delete quality --yes'],
  async run({ open, out, flags, confirm }, { args }) {
    const api = await open();
    const { id, name, evaluationRuleAssignments: rules } = await findEvaluator(api, args.evaluator);
    const used = rules.length === 0 ? '' : ` ${rules.length} rules use it.`;
    if (!(await confirm(`Delete the evaluator "${name}" with all its versions?${used}`))) {
      out.notice('Nothing was deleted.');
      return EXIT.failed;
    }
    await api.deleteEvaluator(id);
    if (flags.json) out.json({ deleted: { id } });
    else out.confirm(`Deleted the evaluator "${name}".`);
    return EXIT.done;
  },
});
