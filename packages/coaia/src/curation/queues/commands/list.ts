/** `coaia queues list`: the queues, newest first, each with how far it is. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import { pageOptions, readPage } from '../../datasets/read-pages.ts';
import { toShort } from '../../datasets/text.ts';
import { queuesApi } from '../ports.ts';
import { readProgress } from '../progress.ts';
import type { QueueProgress } from '../progress.ts';

export const command = defineCommand({
  words: 'queues list',
  summary: 'List annotation queues with how far they are',
  needs: queuesApi,
  positionals: [],
  options: { ...pageOptions, ...listOptions },
  examples: ['coaia queues list', 'coaia queues list --all --json'],
  async run({ open, out }, { options }) {
    const api = await open();
    const { data, meta } = await readPage((query) => api.listQueues(query), options);
    const rows: QueueProgress[] = [];
    for (const queue of data) rows.push(await readProgress(api, queue));
    const view = { things: 'queues', rows, columns: COLUMNS, page: { data: rows, meta } };
    out.list(view, options);
  },
});

const COLUMNS: readonly Column<QueueProgress>[] = [
  { header: 'Name', value: ({ name }) => name },
  { header: 'Pending', value: ({ pending }) => String(pending), align: 'right' },
  { header: 'Total', value: ({ total }) => String(total), align: 'right' },
  {
    header: 'Configs',
    value: ({ scoreConfigIds }) => String(scoreConfigIds.length),
    align: 'right',
    drop: 2,
  },
  { header: 'ID', value: ({ id }) => id },
  { header: 'Description', value: ({ description }) => toShort(description, 40), drop: 1 },
];
