/** `coaia evaluation-rules delete`: removes a rule. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { evaluatorsApi } from '../../evaluators/ports.ts';
import { findRule } from './find-rule.ts';

export const command = defineCommand({
  words: 'evaluation-rules delete',
  summary: 'Delete a rule; its evaluators and scores stay',
  needs: evaluatorsApi,
  positionals: [{ name: 'rule', summary: 'Id or name', required: true }],
  options: {},
  examples: ['coaia evaluation-rules delete answers --yes'],
  async run({ open, out, flags, confirm }, { args }) {
    const api = await open();
    const { id, name } = await findRule(api, args.rule);
    if (!(await confirm(`Delete the rule "${name}"?`))) {
      out.notice('Nothing was deleted.');
      return EXIT.failed;
    }
    await api.deleteRule(id);
    if (flags.json) out.json({ deleted: { id } });
    else out.confirm(`Deleted the rule "${name}".`);
    return EXIT.done;
  },
});
