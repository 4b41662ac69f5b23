/** `coaia evaluators create`: an evaluator from a file. */
import { defineCommand } from '#surface';
import type { EvaluatorInput } from '@coaia/client';
import { evaluatorsApi } from '../ports.ts';
import { readInputFile } from './read-input-file.ts';

export const command = defineCommand({
  words: 'evaluators create',
  summary: 'Make an evaluator from a file',
  description:
    'The file is JSON or YAML with the fields of POST /api/public/v2/evaluators. sourceFile in it names a file with the code.',
  needs: evaluatorsApi,
  positionals: [],
  options: {
    file: {
      type: 'string',
      short: 'f',
      placeholder: 'FILE',
      summary: 'Definition; - reads stdin',
      required: true,
    },
  },
  examples: ['coaia evaluators create -f quality.yaml'],
  async run(context, { options }) {
    const input = await readInputFile(context, options.file);
    const api = await context.open();
    const made = await api.createEvaluator(input as unknown as EvaluatorInput);
    if (context.flags.json) context.out.json(made);
    else context.out.confirm(`Made the evaluator "${made.name}" (${made.id}).`);
  },
});
