/** `coaia evaluation-rules create`: from a file, or from words. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import type { EvaluationRuleInput, EvaluatorsApi, RuleFilter } from '@coaia/client';
import { findEvaluator } from '../../evaluators/commands/find-evaluator.ts';
import { readInputFile } from '../../evaluators/commands/read-input-file.ts';
import { evaluatorsApi } from '../../evaluators/ports.ts';

export const command = defineCommand({
  words: 'evaluation-rules create',
  summary: 'Make a rule: which evaluators look at what',
  description:
    'It is on unless --disabled is given, and evaluates what arrives from then on. The file has the fields of POST /api/public/v2/evaluation-rules.',
  needs: evaluatorsApi,
  positionals: [{ name: 'name', summary: 'Name of the rule' }],
  options: {
    file: { type: 'string', short: 'f', placeholder: 'FILE', summary: 'JSON or YAML; - is stdin' },
    evaluator: { type: 'list', placeholder: 'EVALUATOR', summary: 'Evaluators by id or name' },
    target: {
      type: 'string',
      choices: ['observation', 'experiment', 'trace'],
      summary: 'What it looks at; observations when absent',
    },
    sampling: { type: 'number', placeholder: 'FRACTION', summary: 'Part of what matches, 0 to 1' },
    filter: {
      type: 'string',
      placeholder: 'JSON',
      summary: 'Conditions: [{"type","column","operator","value"}]',
    },
    disabled: { type: 'boolean', summary: 'Do not switch it on yet' },
  },
  examples: [
    'coaia evaluation-rules create answers --evaluator quality --sampling 0.25',
    'coaia evaluation-rules create -f rule.yaml',
  ],
  async run(context, { options, args }) {
    if (options.file === undefined) checkWords(args.name, options.evaluator);
    const api = await context.open();
    const given = options.file === undefined ? {} : await readInputFile(context, options.file);
    const evaluatorAssignments = await toAssignments(api, options.evaluator ?? []);
    const input = {
      enabled: options.disabled !== true,
      ...given,
      ...(args.name === undefined ? {} : { name: args.name }),
      ...(options.target === undefined ? {} : { target: options.target }),
      ...(options.sampling === undefined ? {} : { sampling: options.sampling }),
      ...(options.filter === undefined ? {} : { filter: parseFilter(options.filter) }),
      ...(evaluatorAssignments.length === 0 ? {} : { evaluatorAssignments }),
    };
    const made = await api.createRule(input as unknown as EvaluationRuleInput);
    if (context.flags.json) context.out.json(made);
    else
      context.out.confirm(
        `Made the rule "${made.name}" (${made.id}); it is ${made.enabled ? 'on' : 'off'}.`,
      );
  },
});

function checkWords(name: string | undefined, evaluators: readonly string[] | undefined): void {
  if (name !== undefined && evaluators !== undefined) return;
  throw invalidRequest(
    'A rule needs a name and evaluators, or a file that has them.',
    undefined,
    'coaia evaluation-rules create NAME --evaluator EVALUATOR',
  );
}

function toAssignments(api: EvaluatorsApi, names: readonly string[]) {
  return Promise.all(
    names.map(async (name) => ({ evaluatorId: (await findEvaluator(api, name)).id })),
  );
}

function parseFilter(text: string): readonly RuleFilter[] {
  try {
    return JSON.parse(text) as readonly RuleFilter[];
  } catch {
    throw invalidRequest('--filter is no JSON.', undefined, `--filter '[]'`);
  }
}
