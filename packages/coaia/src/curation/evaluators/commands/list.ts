/** `coaia evaluators list`: all of them, newest first. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { Evaluator } from '@coaia/client';
import { evaluatorsApi } from '../ports.ts';
import { readAll } from './find-evaluator.ts';

export const command = defineCommand({
  words: 'evaluators list',
  summary: 'List evaluators',
  needs: evaluatorsApi,
  positionals: [],
  options: { ...listOptions },
  examples: ['coaia evaluators list', 'coaia evaluators list --json'],
  async run({ open, out }, { options }) {
    const api = await open();
    const rows = await readAll((query) => api.listEvaluators(query));
    out.list({ things: 'evaluators', rows, columns: COLUMNS }, options);
  },
});

const COLUMNS: readonly Column<Evaluator>[] = [
  { header: 'Name', value: ({ name }) => name },
  { header: 'Kind', value: (one) => toKind(one) },
  { header: 'Version', value: ({ version }) => String(version), align: 'right' },
  { header: 'Status', value: ({ status }) => status },
  {
    header: 'Rules',
    value: ({ evaluationRuleAssignments: rules }) => String(rules.length),
    align: 'right',
    drop: 2,
  },
  { header: 'ID', value: ({ id }) => id },
  { header: 'Updated', value: ({ updatedAt }) => updatedAt.slice(0, 16), drop: 1 },
];

function toKind(one: Evaluator): string {
  return one.type === 'code'
    ? `code (${one.sourceCodeLanguage})`
    : `judge (${one.outputDefinition.dataType})`;
}
