/** `coaia evaluation-rules disable`: switches a rule off. */
import { defineCommand } from '#surface';
import { evaluatorsApi } from '../../evaluators/ports.ts';
import { findRule } from './find-rule.ts';

export const command = defineCommand({
  words: 'evaluation-rules disable',
  summary: 'Switch a rule off',
  needs: evaluatorsApi,
  positionals: [{ name: 'rule', summary: 'Id or name', required: true }],
  options: {},
  examples: ['coaia evaluation-rules disable answers'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const { id } = await findRule(api, args.rule);
    const rule = await api.updateRule(id, { enabled: false });
    if (flags.json) out.json(rule);
    else out.confirm(`The rule "${rule.name}" is off.`);
  },
});
