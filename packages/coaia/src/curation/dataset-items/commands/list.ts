/** `coaia fuse dataset-items list` and `fuse datasets items`: the items of a dataset, newest first. */
import { defineCommand, listOptions } from '#surface';
import { ITEM_COLUMNS } from '../../datasets/item-columns.ts';
import { datasetsApi } from '../../datasets/ports.ts';
import { pageOptions, readPage } from '../../datasets/read-pages.ts';

export const command = defineCommand({
  words: 'fuse dataset-items list',
  summary: 'List the items of a dataset, newest first',
  needs: datasetsApi,
  positionals: [{ name: 'dataset', summary: 'Name of the dataset; all of them when absent' }],
  options: {
    ...pageOptions,
    'source-trace': { type: 'string', placeholder: 'ID', summary: 'Made from this trace' },
    'source-observation': {
      type: 'string',
      placeholder: 'ID',
      summary: 'Made from this observation',
    },
    version: { type: 'string', placeholder: 'TIME', summary: 'As they were then (ISO 8601)' },
    'include-archived': { type: 'boolean', summary: 'Archived items too' },
    ...listOptions,
  },
  examples: [
    'coaia fuse dataset-items list qa',
    'coaia datasets items qa --all --json --version 2026-01-31T00:00:00Z',
  ],
  async run({ open, out }, { options, args }) {
    const given = {
      datasetName: args.dataset,
      sourceTraceId: options['source-trace'],
      sourceObservationId: options['source-observation'],
      version: options.version,
      includeArchived: options['include-archived'],
    };
    const query = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    );
    const api = await open();
    const page = await readPage((pages) => api.listDatasetItems({ ...query, ...pages }), options);
    out.list({ things: 'items', rows: page.data, columns: ITEM_COLUMNS, page }, options);
  },
});
