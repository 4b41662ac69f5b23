/** `ao worst`: the predictions that were furthest from what happened. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { WorstPrediction } from '@coaia/client';
import { predictionsApi } from '../ports.ts';
import { chooseModel, modelOption, sinceOption, toVersionOption } from './choose-model.ts';
import { toShort, toText } from './show.ts';

export const command = defineCommand({
  words: 'ops worst',
  summary: 'List the predictions that were furthest from what happened, or make a dataset of them',
  description:
    'By absolute error for numbers, by log loss for chances, by right or wrong otherwise. Only predictions whose outcome has arrived. With --dataset their inputs and what was expected become items of a dataset, which is made when it is not there.',
  needs: predictionsApi,
  positionals: [],
  options: {
    ...modelOption,
    last: {
      type: 'number',
      placeholder: 'N',
      default: 200,
      summary: 'At most this many, to 5,000',
    },
    ...sinceOption,
    ...toVersionOption('Only of this version'),
    dataset: { type: 'string', placeholder: 'NAME', summary: 'Put them into this dataset' },
    ...listOptions,
  },
  examples: ['ao worst --last 20', 'ao worst --since 7d --dataset hard-cases'],
  async run(context, { options }) {
    const { open, out, flags } = context;
    const model = await chooseModel(context, options.model);
    const api = await open();
    const query = {
      last: options.last,
      ...(options.since === undefined ? {} : { since: options.since }),
      ...(options.version === undefined ? {} : { version: options.version }),
    };
    if (options.dataset === undefined) {
      const { data } = await api.listWorstPredictions(model, query);
      out.list({ things: 'predictions', rows: data, columns: COLUMNS }, options);
      return;
    }
    const made = await api.createWorstDataset(model, { ...query, dataset: options.dataset });
    if (flags.json) {
      out.json(made);
      return;
    }
    const without =
      made.withoutInput === 0 ? '' : ` ${made.withoutInput} have no input that was kept.`;
    out.line(
      `${made.stored} items in ${made.dataset}, ${made.unchanged} were there already.${without}`,
    );
  },
});

const COLUMNS: readonly Column<WorstPrediction>[] = [
  { header: 'Loss', value: ({ loss }) => toText(loss), align: 'right' },
  { header: 'Predicted', value: ({ predicted }) => toShort(predicted) },
  { header: 'Actual', value: ({ actual }) => toShort(actual) },
  { header: 'Version', value: ({ version }) => String(version), align: 'right', drop: 3 },
  { header: 'Request', value: ({ requestId }) => requestId, drop: 1 },
  {
    header: 'Input',
    value: ({ input }) => (input === null ? 'not kept' : toShort(input)),
    drop: 2,
  },
];
