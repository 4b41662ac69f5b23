/** `coaia evaluation-rules list`: all of them, newest first. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { EvaluationRule } from '@coaia/client';
import { readAll } from '../../evaluators/commands/find-evaluator.ts';
import { evaluatorsApi } from '../../evaluators/ports.ts';

export const command = defineCommand({
  words: 'evaluation-rules list',
  summary: 'List the rules that evaluate what arrives',
  needs: evaluatorsApi,
  positionals: [],
  options: { ...listOptions },
  examples: ['coaia evaluation-rules list'],
  async run({ open, out }, { options }) {
    const api = await open();
    const rows = await readAll((query) => api.listRules(query));
    out.list({ things: 'evaluation rules', rows, columns: COLUMNS }, options);
  },
});

const COLUMNS: readonly Column<EvaluationRule>[] = [
  { header: 'Name', value: ({ name }) => name },
  { header: 'State', value: ({ enabled }) => (enabled ? 'on' : 'off') },
  { header: 'Target', value: ({ target }) => target ?? 'observation', drop: 3 },
  { header: 'Sampling', value: ({ sampling }) => String(sampling), align: 'right' },
  { header: 'Conditions', value: ({ filter }) => String(filter.length), align: 'right', drop: 2 },
  {
    header: 'Evaluators',
    value: ({ evaluatorAssignments: assigned }) => String(assigned.length),
    align: 'right',
  },
  { header: 'ID', value: ({ id }) => id },
  { header: 'Updated', value: ({ updatedAt }) => updatedAt.slice(0, 16), drop: 1 },
];
