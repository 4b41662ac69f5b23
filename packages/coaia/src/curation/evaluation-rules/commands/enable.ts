/** `coaia evaluation-rules enable`: switches a rule on. */
import { defineCommand } from '#surface';
import { evaluatorsApi } from '../../evaluators/ports.ts';
import { findRule } from './find-rule.ts';

export const command = defineCommand({
  words: 'evaluation-rules enable',
  summary: 'Switch a rule on',
  needs: evaluatorsApi,
  positionals: [{ name: 'rule', summary: 'Id or name', required: true }],
  options: {},
  examples: ['coaia evaluation-rules enable answers'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const { id } = await findRule(api, args.rule);
    const rule = await api.updateRule(id, { enabled: true });
    if (flags.json) out.json(rule);
    else out.confirm(`The rule "${rule.name}" is on.`);
  },
});
