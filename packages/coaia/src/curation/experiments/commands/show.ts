/** `coaia experiments show`: one run's sums, and its answers. */
import { defineCommand } from '#surface';
import type { ExperimentLine, MeasureSummary } from '@coaia/client';
import { toShort } from '../../datasets/text.ts';
import { experimentsApi } from '../ports.ts';
import { toMeanText, toRange, type Unit } from './numbers.ts';

export const command = defineCommand({
  words: 'fuse experiments show',
  summary: 'Show what one run scored, cost and took',
  needs: experimentsApi,
  positionals: [{ name: 'run', summary: 'Id or name of the run', required: true }],
  options: {
    dataset: { type: 'string', placeholder: 'NAME', summary: 'Dataset the name is looked up in' },
    items: { type: 'boolean', summary: 'Its answers too' },
  },
  examples: ['coaia experiments show nightly', 'coaia experiments show nightly --items --json'],
  async run({ open, out, flags }, { options, args }) {
    const api = await open();
    const found = await api.compareExperiments({
      baseline: args.run,
      candidates: [],
      dataset: options.dataset,
      limit: 500,
    });
    const [run] = found.runs;
    if (run === undefined) throw new TypeError('the run that was found has a line');
    if (flags.json) {
      out.json(options.items === true ? { ...run, rows: found.rows } : run);
      return;
    }
    for (const line of toHead(run)) out.line(line);
    out.table('measures', toMeasures(run), [
      { header: 'Measure', value: ({ summary }) => summary.name },
      { header: 'Mean', value: ({ summary, unit }) => toMeanText(summary, unit), align: 'right' },
      { header: '95 %', value: ({ summary, unit }) => toRange(summary.interval, unit) },
      { header: 'Values', value: ({ summary }) => String(summary.n), align: 'right' },
      { header: 'Missing', value: ({ summary }) => String(summary.missing), align: 'right' },
    ]);
    if (options.items !== true) return;
    out.table('answers', found.rows, [
      { header: 'Item ID', value: ({ itemId }) => itemId },
      { header: 'Output', value: ({ cells }) => toShort(cells[run.id]?.output, 60) },
      { header: 'Trace ID', value: ({ cells }) => cells[run.id]?.traceId ?? '-' },
    ]);
  },
});

function toHead(run: ExperimentLine): readonly string[] {
  const prompts = run.prompts.map(({ name, version }) => `${name} v${version ?? '?'}`).join(', ');
  return [
    `${run.name} (${run.id})`,
    `${run.items} items over ${run.datasetName ?? 'no dataset'}, ${run.errors} with errors`,
    ...(prompts === '' ? [] : [`prompts: ${prompts}`]),
  ];
}

function toMeasures(run: ExperimentLine) {
  const rows: { readonly summary: MeasureSummary; readonly unit: Unit }[] = run.scores.map(
    (summary) => ({ summary, unit: 'score' }),
  );
  return [
    ...rows,
    { summary: run.cost, unit: 'cost' as const },
    { summary: run.latency, unit: 'latency' as const },
  ];
}
