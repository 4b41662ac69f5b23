/** `coaia fuse finetune artifacts`. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { FineTuningArtifact } from '@coaia/client';
import { fineTuningApi } from '../ports.ts';

export const command = defineCommand({
  words: 'fuse finetune artifacts',
  summary: 'Show what came out of a job',
  needs: fineTuningApi,
  positionals: [{ name: 'job', summary: 'Id of the job', required: true }],
  options: { ...listOptions },
  examples: ['coaia fuse finetune artifacts JOB'],
  async run({ open, out }, { options, args }) {
    const { data } = await (await open()).listFineTuningArtifacts(args.job);
    out.list({ things: 'artifacts', rows: data, columns: COLUMNS }, options);
  },
});

const COLUMNS: readonly Column<FineTuningArtifact>[] = [
  { header: 'Name', value: ({ name }) => name },
  { header: 'Place', value: ({ place }) => place },
];
