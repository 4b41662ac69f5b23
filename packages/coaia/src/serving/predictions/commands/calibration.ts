/** `ao calibration`: whether chances and intervals keep what they promise. */
import { defineCommand } from '#surface';
import type { CalibrationBin, CalibrationReport } from '@coaia/client';
import type { Column, Output } from '#surface';
import { predictionsApi } from '../ports.ts';
import { chooseModel, modelOption, sinceOption, toVersionOption } from './choose-model.ts';
import { toPercent, toPercentRange, toRange, toText } from './show.ts';

export const command = defineCommand({
  words: 'ops calibration',
  summary: 'Compare chances, intervals and errors with what really happened',
  description:
    'From the outcomes that have arrived. Intervals are 95 %: Wilson’s for shares, Student’s for means, Newcombe’s for the AUC. The calibration error is over ten bins of equal width, or of equal counts where most chances are alike, as the output says; its interval is by bounds of the noise in the bins and holds at least 95 %; beside it stands what it would be by chance alone.',
  needs: predictionsApi,
  positionals: [],
  options: {
    ...modelOption,
    ...sinceOption,
    ...toVersionOption('Of this version; the champion otherwise'),
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
    ['AUC', toRange(report.auc)],
    ['calibration error', toErrorText(report)],
    ['mean absolute error', toRange(report.meanAbsoluteError)],
    ['root mean squared error', toRange(report.rootMeanSquaredError)],
    ['mean error (predicted minus actual)', toRange(report.bias)],
    ['inside the interval', toPercentRange(report.coverage)],
  ];
  for (const [name, text] of lines) if (text !== '') out.line(`${name}: ${text}`);
  if (report.reason === null)
    out.line(
      'Intervals are 95 %: Wilson’s for shares, Student’s for means, Newcombe’s for the AUC, bounds of the noise in the bins for the calibration error.',
    );
  if (report.bins.length > 0) out.table(`bins of the chance of ${report.of}`, report.bins, COLUMNS);
}

function toErrorText({
  expectedCalibrationError: error,
  calibrationErrorInterval: interval,
  calibrationErrorByChance: chance,
  binning,
}: CalibrationReport): string {
  if (error === null || interval === null || chance === null) return '';
  const digits = [error, interval.low, interval.high, chance.mean, chance.high];
  const [value, low, top, mean, high] = digits.map((one) => String(Number(one.toPrecision(2))));
  const bins = binning === 'count' ? 'bins of equal counts' : 'bins of equal width';
  return `${value} (${low} to ${top}, ${bins}; by chance alone ${mean}, rarely above ${high})`;
}

const COLUMNS: readonly Column<CalibrationBin>[] = [
  { header: 'Chance', value: ({ from, to }) => `${toText(from)} to ${toText(to)}` },
  { header: 'Predicted', value: ({ predicted }) => toPercent(predicted), align: 'right' },
  { header: 'Happened', value: ({ observed }) => toPercentRange(observed), align: 'right' },
  { header: 'Count', value: ({ count }) => String(count), align: 'right' },
];
