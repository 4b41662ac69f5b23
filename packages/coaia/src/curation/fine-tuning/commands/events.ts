/** `coaia fuse finetune events`. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { FineTuningEvent } from '@coaia/client';
import { fineTuningApi } from '../ports.ts';

export const command = defineCommand({
  words: 'fuse finetune events',
  summary: 'Show what the service said of a job',
  needs: fineTuningApi,
  positionals: [{ name: 'job', summary: 'Id of the job', required: true }],
  options: {
    limit: { type: 'number', placeholder: 'N', default: 20, summary: 'At most this many, to 100' },
    ...listOptions,
  },
  examples: ['coaia fuse finetune events JOB'],
  async run({ open, out }, { options, args }) {
    const { limit } = options;
    const { data } = await (await open()).listFineTuningEvents(args.job, { limit });
    out.list({ things: 'events', rows: data.toReversed(), columns: COLUMNS }, options);
  },
});

const COLUMNS: readonly Column<FineTuningEvent>[] = [
  { header: 'Time', value: ({ createdAt }) => createdAt },
  { header: 'Level', value: ({ level }) => level, drop: 1 },
  { header: 'Message', value: ({ message }) => message },
];
