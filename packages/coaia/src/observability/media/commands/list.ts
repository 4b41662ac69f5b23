/** `coaia fuse media list`: files and where they stand. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { LinkedMedia, MediaQuery } from '@coaia/client';
import { mediaApi } from '../ports.ts';

export const command = defineCommand({
  words: 'fuse media list',
  summary: 'List files and the traces, observations and dataset items they stand in',
  description: 'Coaia servers and the store in this home answer it; Langfuse has no such list.',
  needs: mediaApi,
  positionals: [],
  options: {
    'trace-id': {
      type: 'string',
      placeholder: 'ID',
      summary: 'In this trace and its observations',
    },
    'observation-id': { type: 'string', placeholder: 'ID', summary: 'In this observation' },
    'dataset-item-id': { type: 'string', placeholder: 'ID', summary: 'In this dataset item' },
    page: { type: 'number', default: 1, summary: 'Page, from 1' },
    limit: { type: 'number', default: 50, summary: 'Size of a page, at most 100' },
    ...listOptions,
  },
  examples: ['coaia fuse media list --trace-id t1', 'coaia fuse media list --json'],
  async run({ open, out }, { options }) {
    const given = {
      traceId: options['trace-id'],
      observationId: options['observation-id'],
      datasetItemId: options['dataset-item-id'],
      page: options.page,
      limit: options.limit,
    };
    const query = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as MediaQuery;
    const answer = await (await open()).listMedia(query);
    const { data: rows } = answer;
    out.list({ things: 'media', rows, columns: COLUMNS, page: answer }, options);
  },
});

const COLUMNS: readonly Column<LinkedMedia>[] = [
  { header: 'ID', value: ({ mediaId }) => mediaId },
  { header: 'Type', value: ({ contentType }) => contentType },
  { header: 'Bytes', value: ({ contentLength }) => String(contentLength), align: 'right' },
  { header: 'Uploaded', value: ({ uploadedAt }) => uploadedAt.slice(0, 16), drop: 1 },
  { header: 'Field', value: ({ field }) => field },
  {
    header: 'Stands in',
    value: (media) => media.observationId ?? media.traceId ?? media.datasetItemId ?? '',
  },
];
