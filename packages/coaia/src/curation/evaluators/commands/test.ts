/** `coaia evaluators test`: what an evaluator says about one trace; no score is stored. */
import { defineCommand } from '#surface';
import { evaluatorsApi } from '../ports.ts';
import { findEvaluator } from './find-evaluator.ts';

export const command = defineCommand({
  words: 'evaluators test',
  summary: 'Evaluate one trace now, without storing a score',
  needs: evaluatorsApi,
  positionals: [{ name: 'evaluator', summary: 'Id or name', required: true }],
  options: {
    trace: { type: 'string', placeholder: 'ID', summary: 'The trace', required: true },
    observation: { type: 'string', placeholder: 'ID', summary: 'An observation in it' },
  },
  examples: ['coaia evaluators test quality --trace 4bf92f3577b34da6a3ce929d0e0e4736'],
  async run({ open, out, flags }, { options, args }) {
    const api = await open();
    const { id } = await findEvaluator(api, args.evaluator);
    const { trace: traceId, observation: observationId } = options;
    const trial = await api.testEvaluator(id, {
      traceId,
      ...(observationId === undefined ? {} : { observationId }),
    });
    if (flags.json) {
      out.json(trial);
      return;
    }
    for (const { name, value, comment } of trial.scores) {
      out.line(`${out.style('bold', name)}  ${String(value)}`);
      if (comment !== null) out.line(comment);
    }
    if (trial.executionTraceId !== null)
      out.notice(`The judge's call: coaia fuse traces show ${trial.executionTraceId}`);
  },
});
