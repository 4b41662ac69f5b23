/** `coaia evaluators show`: what an evaluator does. */
import { defineCommand } from '#surface';
import type { Output } from '#surface';
import type { Evaluator } from '@coaia/client';
import { evaluatorsApi } from '../ports.ts';
import { findEvaluator } from './find-evaluator.ts';

export const command = defineCommand({
  words: 'evaluators show',
  summary: 'Show one evaluator with its prompt or code',
  needs: evaluatorsApi,
  positionals: [{ name: 'evaluator', summary: 'Id or name', required: true }],
  options: {},
  examples: ['coaia evaluators show quality', 'coaia evaluators show quality --json'],
  async run({ open, out, flags }, { args }) {
    const evaluator = await findEvaluator(await open(), args.evaluator);
    if (flags.json) out.json(evaluator);
    else writeEvaluator(out, evaluator);
  },
});

function writeEvaluator(out: Output, one: Evaluator): void {
  out.line(out.style('bold', one.name));
  if (one.description !== null) out.line(one.description);
  out.line(`id        ${one.id}`);
  out.line(`version   ${one.version}`);
  out.line(`status    ${one.status}${one.pausedMessage === null ? '' : `: ${one.pausedMessage}`}`);
  if (one.type === 'code') {
    out.line(`language  ${one.sourceCodeLanguage}`);
    out.line('');
    out.line(one.sourceCode);
    return;
  }
  const { modelConfig: model, outputDefinition } = one;
  out.line(
    `model     ${model === null ? 'the default of the project' : `${model.provider}/${model.model}`}`,
  );
  out.line(`score     ${JSON.stringify(outputDefinition)}`);
  out.line(`variables ${one.variables.join(', ')}`);
  for (const { role, content } of one.prompt) {
    out.line('');
    out.line(out.style('muted', role));
    out.line(content);
  }
}
