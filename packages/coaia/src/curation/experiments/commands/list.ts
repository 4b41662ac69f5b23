/** `coaia experiments list`: runs with their sums, latest first. */
import { defineCommand, listOptions } from '#surface';
import { experimentsApi } from '../ports.ts';
import { toMeanText, toNumber } from './numbers.ts';

export const command = defineCommand({
  words: 'fuse experiments list',
  summary: 'List runs with their score means, cost and latency',
  needs: experimentsApi,
  positionals: [],
  options: {
    ...listOptions,
    dataset: { type: 'string', placeholder: 'NAME', summary: 'Only runs over this dataset' },
    limit: { type: 'number', placeholder: 'N', summary: 'Runs to show, at most 50 (default 20)' },
    cursor: { type: 'string', placeholder: 'TEXT', summary: 'Where the last page ended' },
  },
  examples: ['coaia experiments list', 'coaia experiments list --dataset qa --json'],
  async run({ open, out }, { options }) {
    const api = await open();
    const page = await api.listExperimentLines({
      dataset: options.dataset,
      limit: options.limit,
      cursor: options.cursor,
    });
    out.list(
      {
        things: 'experiments',
        rows: page.data,
        page,
        columns: [
          { header: 'Name', value: ({ name }) => name },
          { header: 'Dataset', value: ({ datasetName }) => datasetName ?? '-', drop: 2 },
          { header: 'Items', value: ({ items }) => String(items), align: 'right' },
          { header: 'Errors', value: ({ errors }) => String(errors), align: 'right', drop: 1 },
          {
            header: 'Scores',
            value: ({ scores }) =>
              scores.map((score) => `${score.name} ${toMeanText(score)}`).join('; '),
          },
          {
            header: 'Cost',
            value: ({ totalCost }) => toNumber(totalCost, 'cost'),
            align: 'right',
            drop: 3,
          },
          {
            header: 'Latency',
            value: ({ latency }) => toNumber(latency.mean, 'latency'),
            align: 'right',
            drop: 3,
          },
          { header: 'Started', value: ({ startTime }) => startTime.slice(0, 16), drop: 4 },
          { header: 'ID', value: ({ id }) => id },
        ],
      },
      options,
    );
    if (page.meta.cursor !== undefined)
      out.notice(`There are more: coaia experiments list --cursor ${page.meta.cursor}`);
  },
});
