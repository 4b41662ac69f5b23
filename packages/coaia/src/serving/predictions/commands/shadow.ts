/** `ao shadow`: how a shadow's answers compare with those that callers got. */
import { defineCommand } from '#surface';
import type { Column, Output } from '#surface';
import type { ShadowPart, ShadowReport } from '@coaia/client';
import { predictionsApi } from '../ports.ts';
import { chooseModel, modelOption, sinceOption, toVersionOption } from './choose-model.ts';
import { toPercentRange, toRange } from './show.ts';

export const command = defineCommand({
  words: 'ops shadow',
  summary: 'Report how often, where and by how much a shadow disagrees with the champion',
  description:
    'Classes disagree when they differ; numbers when they differ by more than a hundredth of the standard deviation of the champion’s answers. Intervals are 95 %.',
  needs: predictionsApi,
  positionals: [],
  options: {
    ...modelOption,
    since: { ...sinceOption.since, default: '24h' },
    ...toVersionOption('The shadow; the one in force otherwise'),
  },
  examples: ['ao shadow', 'ao shadow --since 7d --json'],
  async run(context, { options }) {
    const { open, out, flags } = context;
    const model = await chooseModel(context, options.model);
    const report = await (
      await open()
    ).getShadowReport(model, {
      since: options.since,
      ...(options.version === undefined ? {} : { version: options.version }),
    });
    if (flags.json) out.json(report);
    else print(out, report);
  },
});

function print(out: Output, report: ShadowReport): void {
  out.line(report.verdict);
  if (report.difference !== null) out.line(`Shadow minus champion: ${toRange(report.difference)}.`);
  if (report.championFailed + report.shadowFailed > 0)
    out.line(`Failed: champion ${report.championFailed}, shadow ${report.shadowFailed}.`);
  if (report.isPartial) out.line(`Only the newest ${report.pairs} answers were read.`);
  out.table('parts', report.parts, COLUMNS);
  out.line('Intervals are 95 %: Wilson’s for shares, Student’s for the difference.');
}

const COLUMNS: readonly Column<ShadowPart>[] = [
  { header: 'Field', value: ({ field }) => field },
  { header: 'Where', value: ({ part }) => part },
  {
    header: 'Disagreement',
    value: ({ disagreement }) => toPercentRange(disagreement),
    align: 'right',
  },
  { header: 'Answers', value: ({ disagreement }) => String(disagreement.count), align: 'right' },
];
