/** `ao calibration`: whether chances and intervals keep what they promise. */
import { defineCommand } from '#surface';
import type { CalibrationBin, CalibrationReport } from '@coaia/client';
import type { Column, Output } from '#surface';
import { predictionsApi } from '../ports.ts';
import { chooseModel, modelOption } from './choose-model.ts';
import { toPercent, toPercentRange, toRange, toText } from './show.ts';

export const command = defineCommand({
  words: 'ops calibration',
  summary: 'Compare chances, intervals and errors with what really happened',
  description:
    'From the outcomes that have arrived. Intervals are 95 %: Wilson’s for shares, Student’s for means.',
  needs: predictionsApi,
  positionals: [],
  options: {
    ...modelOption,
    since: {
      type: 'string',
      placeholder: 'TIME',
      summary: 'Predicted since, such as 7d or 2026-03-01',
    },
    version: {
      type: 'number',
      placeholder: 'N',
      summary: 'Of this version; the champion otherwise',
    },
  },
  examples: ['ao calibration', 'ao calibration --since 4w --json'],
  async run(context, { options }) {
    const { open, out, flags } = context;
    const model = await chooseModel(context, options.model);
    const report = await (
      await open()
    ).getCalibration(model, {
      ...(options.since === undefined ? {} : { since: options.since }),
      ...(options.version === undefined ? {} : { version: options.version }),
    });
    if (flags.json) out.json(report);
    else print(out, report);
  },
});

function print(out: Output, report: CalibrationReport): void {
  out.line(`${report.model} version ${report.version}, ${report.outcomes} outcomes`);
  if (report.reason !== null) out.line(report.reason);
  const lines: readonly (readonly [string, string])[] = [
    ['accuracy', toPercentRange(report.accuracy)],
    ['log loss', toRange(report.logLoss)],
    ['Brier score', toRange(report.brier)],
    ['calibration error', toText(report.expectedCalibrationError)],
    ['mean absolute error', toRange(report.meanAbsoluteError)],
    ['mean error', toRange(report.bias)],
    ['inside the interval', toPercentRange(report.coverage)],
  ];
  for (const [name, text] of lines) if (text !== '') out.line(`${name}: ${text}`);
  if (report.bins.length > 0) out.table(`bins of the chance of ${report.of}`, report.bins, COLUMNS);
}

const COLUMNS: readonly Column<CalibrationBin>[] = [
  { header: 'Chance', value: ({ from, to }) => `${toText(from)} to ${toText(to)}` },
  { header: 'Predicted', value: ({ predicted }) => toPercent(predicted), align: 'right' },
  { header: 'Happened', value: ({ observed }) => toPercentRange(observed), align: 'right' },
  { header: 'Count', value: ({ count }) => String(count), align: 'right' },
];
