/** `coaia fuse datasets runs`: the runs over a dataset, or what one run links. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { DatasetRun, DatasetRunItem } from '@coaia/client';
import { datasetsApi } from '../ports.ts';
import { pageOptions, readPage } from '../read-pages.ts';
import { toShort } from '../text.ts';

export const command = defineCommand({
  words: 'fuse datasets runs',
  summary: 'List the runs over a dataset, or the links of one run',
  needs: datasetsApi,
  positionals: [
    { name: 'name', summary: 'Name of the dataset', required: true },
    { name: 'run', summary: 'Name of a run' },
  ],
  options: { ...pageOptions, ...listOptions },
  examples: ['coaia fuse datasets runs qa', 'coaia datasets runs qa "run 1" --json'],
  async run({ open, out, flags }, { options, args }) {
    const api = await open();
    if (args.run !== undefined) {
      const run = await api.getDatasetRun(args.name, args.run);
      const rows = run.datasetRunItems;
      const isJson = flags.json && options.csv !== true && options.jsonl !== true;
      if (isJson && options.fields === undefined && options.output === undefined) out.json(run);
      else out.list({ things: 'run items', rows, columns: LINK_COLUMNS }, options);
      return;
    }
    const page = await readPage((query) => api.listDatasetRuns(args.name, query), options);
    out.list({ things: 'runs', rows: page.data, columns: RUN_COLUMNS, page }, options);
  },
});

const RUN_COLUMNS: readonly Column<DatasetRun>[] = [
  { header: 'Name', value: ({ name }) => name },
  { header: 'Created', value: ({ createdAt }) => createdAt.slice(0, 16) },
  { header: 'Description', value: ({ description }) => toShort(description, 50), drop: 1 },
  { header: 'ID', value: ({ id }) => id },
];

const LINK_COLUMNS: readonly Column<DatasetRunItem>[] = [
  { header: 'Item ID', value: ({ datasetItemId }) => datasetItemId },
  { header: 'Trace ID', value: ({ traceId }) => traceId },
  { header: 'Observation ID', value: ({ observationId }) => observationId ?? '' },
  { header: 'Created', value: ({ createdAt }) => createdAt.slice(0, 16), drop: 1 },
];
