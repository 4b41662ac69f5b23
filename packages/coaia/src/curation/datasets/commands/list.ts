/** `coaia fuse datasets list`: the datasets, newest first. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { Dataset } from '@coaia/client';
import { compatOptions } from '../compat-options.ts';
import { datasetsApi } from '../ports.ts';
import { pageOptions, readPage } from '../read-pages.ts';
import { toShort } from '../text.ts';

export const command = defineCommand({
  words: 'fuse datasets list',
  summary: 'List datasets, newest first',
  needs: datasetsApi,
  positionals: [],
  options: { ...compatOptions, ...pageOptions, ...listOptions },
  examples: ['coaia fuse datasets list', 'coaia datasets list --all --json'],
  async run({ open, out }, { options }) {
    const api = await open();
    const page = await readPage((query) => api.listDatasets(query), options);
    out.list({ things: 'datasets', rows: page.data, columns: COLUMNS, page }, options);
  },
});

const COLUMNS: readonly Column<Dataset>[] = [
  { header: 'Name', value: ({ name }) => name, minWidth: 15 },
  { header: 'Created', value: ({ createdAt }) => createdAt.slice(0, 10), minWidth: 10 },
  {
    header: 'Items',
    value: ({ itemCount }) => (itemCount === undefined ? 'N/A' : String(itemCount)),
    minWidth: 6,
    align: 'right',
  },
  {
    header: 'Description',
    value: ({ description }) => toShort(description, 50),
    minWidth: 20,
    drop: 1,
  },
];
