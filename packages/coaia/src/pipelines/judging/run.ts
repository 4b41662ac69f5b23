/** `coaia fuse judge run`: models judge a trace. */
import { defineCommand } from '#surface';
import type { Column } from '#surface';
import type { JudgementScore } from '@coaia/client';
import { judgementsApi } from './ports.ts';

const columns: readonly Column<JudgementScore>[] = [
  { header: 'Judge', value: ({ model }) => model },
  { header: 'Score', value: ({ value }) => String(value), align: 'right' },
  { header: 'Reasoning', value: ({ reasoning }) => reasoning, drop: 1 },
];

export const command = defineCommand({
  words: 'fuse judge run',
  summary: 'Let models judge a trace; writes their scores with their reasons',
  description:
    'The score config says what scores may be, and its description what good means, unless --criteria does. With several models each one writes a score, and their agreement is told. An answer in another form is an error and no score.',
  needs: judgementsApi,
  positionals: [],
  options: {
    config: {
      type: 'string',
      placeholder: 'NAME',
      summary: 'Score config by name or id',
      required: true,
    },
    'trace-id': { type: 'string', placeholder: 'ID', summary: 'Trace to judge', required: true },
    'observation-id': {
      type: 'string',
      placeholder: 'ID',
      summary: 'Judge this observation of the trace instead',
    },
    criteria: { type: 'string', placeholder: 'TEXT', summary: 'What good means' },
    model: {
      type: 'list',
      placeholder: 'NAME',
      summary: 'One or more judges; the first model that a connection lists when absent',
    },
    provider: { type: 'string', placeholder: 'NAME', summary: 'Connection to use' },
  },
  examples: ['coaia fuse judge run --config Helpfulness --trace-id t1 --model gpt-5-mini'],
  async run({ open, out, flags }, { options }) {
    const api = await open();
    const judged = await api.judge({
      traceId: options['trace-id'],
      observationId: options['observation-id'],
      config: options.config,
      criteria: options.criteria,
      models: options.model,
      provider: options.provider,
    });
    if (flags.json) {
      out.json(judged);
      return;
    }
    out.table('scores', judged.scores, columns);
    const { agreement, spread, value } = judged;
    if (agreement === null) return;
    const percent = `${Math.round(agreement * 100)} % of the pairs agree`;
    out.line(
      `${judged.name}: ${value ?? 'a draw'}; ${percent}${spread === null ? '' : `, spread ${spread}`}`,
    );
  },
});
