/** `coaia pipeline history`: what was saved of a template that is kept with the project. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { PipelineRevision } from '@coaia/client';
import { templatesApi } from '../../stored/ports.ts';
import { requireTemplateName } from '../template-files.ts';

export const command = defineCommand({
  words: 'pipeline history',
  summary: 'List what was saved of a template in the project',
  description: 'Templates in files have the history of their files: `git log FILE`.',
  needs: templatesApi,
  positionals: [{ name: 'name', summary: 'Name of the template', required: true }],
  options: { ...listOptions },
  examples: ['coaia pipeline history data-pipeline'],
  async run({ open, out }, { options, args }) {
    requireTemplateName(args.name);
    const { versions } = await (await open()).templates.getPipeline(args.name);
    out.list({ things: 'revisions', rows: versions, columns: COLUMNS }, options);
  },
});

const COLUMNS: readonly Column<PipelineRevision>[] = [
  { header: 'Revision', value: ({ revision }) => String(revision), align: 'right' },
  { header: 'Version', value: ({ version }) => version },
  { header: 'Saved', value: ({ createdAt }) => createdAt.slice(0, 16) },
  { header: 'Digest', value: ({ digest }) => digest.slice(0, 'sha256:'.length + 12) },
];
