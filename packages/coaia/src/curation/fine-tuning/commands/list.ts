/** `coaia fuse finetune list`: jobs at work, or all. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { FineTuningJob, FineTuningProvider, FineTuningState } from '@coaia/client';
import { PROVIDERS, STATES } from '../job.ts';
import { fineTuningApi } from '../ports.ts';

export const command = defineCommand({
  words: 'fuse finetune list',
  summary: 'List fine-tuning jobs',
  description: 'Without --all or --status only jobs at work are listed.',
  needs: fineTuningApi,
  positionals: [],
  options: {
    all: { type: 'boolean', summary: 'Also jobs that have ended' },
    provider: { type: 'string', choices: PROVIDERS, summary: 'Where they train' },
    status: { type: 'string', choices: STATES, summary: 'Only jobs in this state' },
    limit: { type: 'number', placeholder: 'N', summary: 'At most this many, to 100' },
    ...listOptions,
  },
  examples: ['coaia fuse finetune list', 'coaia fuse finetune list --all --json'],
  async run({ open, out }, { options }) {
    const { data } = await (
      await open()
    ).listFineTuningJobs({
      ...(options.all === true ? { all: true } : {}),
      ...(options.provider === undefined
        ? {}
        : { provider: options.provider as FineTuningProvider }),
      ...(options.status === undefined ? {} : { state: options.status as FineTuningState }),
      ...(options.limit === undefined ? {} : { limit: options.limit }),
    });
    out.list({ things: 'fine-tuning jobs', rows: data, columns: COLUMNS }, options);
  },
});

const COLUMNS: readonly Column<FineTuningJob>[] = [
  { header: 'ID', value: ({ id }) => id },
  { header: 'State', value: ({ state, isStale }) => (isStale ? `${state} (stale)` : state) },
  { header: 'Base model', value: ({ baseModel }) => baseModel },
  { header: 'Trained model', value: ({ resultModel }) => resultModel ?? '', drop: 1 },
  {
    header: 'Examples',
    value: ({ exampleCount }) => String(exampleCount),
    align: 'right',
    drop: 2,
  },
  { header: 'Created', value: ({ createdAt }) => createdAt, drop: 3 },
];
