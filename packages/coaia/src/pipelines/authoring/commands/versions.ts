/** `coaia pipeline versions`: every version of a template, wherever it lies. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import { openPlaces } from '../../create/open-places.ts';
import { templatesApi } from '../../stored/ports.ts';
import { findTemplate } from '../../templates/find-template.ts';
import { listTexts } from '../list-texts.ts';
import { requireTemplateName } from '../template-files.ts';

interface Row {
  readonly version: string;
  readonly source: string;
  readonly path: string | null;
  readonly digest: string;
}

export const command = defineCommand({
  words: 'pipeline versions',
  summary: 'List the versions of a template, wherever they lie',
  description: 'NAME@RANGE names one of them: `coaia pipeline create NAME@^1.2`.',
  needs: templatesApi,
  positionals: [{ name: 'name', summary: 'Name of the template', required: true }],
  options: { ...listOptions },
  examples: ['coaia pipeline versions data-pipeline'],
  async run(context, { options, args }) {
    requireTemplateName(args.name);
    const open = async () => (await context.open()).templates;
    const places = openPlaces(context, open);
    const rows = await listTexts(places, args.name, open);
    // Nothing found: this says so, with what comes near.
    if (rows.length === 0) await findTemplate(places, args.name);
    context.out.list({ things: 'versions', rows, columns: COLUMNS }, options);
  },
});

const COLUMNS: readonly Column<Row>[] = [
  { header: 'Version', value: ({ version }) => version },
  { header: 'Source', value: ({ source }) => source },
  { header: 'Path', value: ({ path }) => path ?? '' },
  { header: 'Digest', value: ({ digest }) => digest.slice(0, 'sha256:'.length + 12), drop: 1 },
];
