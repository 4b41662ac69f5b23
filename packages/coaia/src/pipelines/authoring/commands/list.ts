/** `coaia pipeline list`: every template that a name finds. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import { openPlaces } from '../../create/open-places.ts';
import { templatesApi } from '../../stored/ports.ts';
import { listTemplates } from '../../templates/list-templates.ts';
import type { ListedTemplate } from '../../templates/list-templates.ts';

interface Row {
  readonly name: string;
  readonly description: string | null;
  readonly version: string | null;
  readonly author: string | null;
  readonly source: string;
  /** Names of the actions that its steps have. */
  readonly actions: readonly string[];
  /** Only with --path. */
  readonly path?: string | null;
  /** Only of broken templates. */
  readonly problem?: string;
}

export const command = defineCommand({
  words: 'pipeline list',
  summary: 'List pipeline templates',
  description:
    'Looks in ./.coaia/templates, in ~/.coaia/templates, in the project, and among those of the program; the first one of a name counts.',
  needs: templatesApi,
  positionals: [],
  options: {
    path: { type: 'boolean', summary: 'Show the file of each template', compat: true },
    ...listOptions,
  },
  examples: ['coaia pipeline list', 'coaia pipeline list --path --json'],
  async run(context, { options }) {
    const { out } = context;
    const places = openPlaces(context, async () => (await context.open()).templates);
    const listed = await listTemplates(places);
    const rows = listed.map((item) => toRow(item, options.path === true));
    for (const { name, reason } of listed)
      if (reason !== undefined) out.notice(`The template ${name} is broken: ${reason}`);
    out.list(
      { things: 'templates', rows, columns: options.path === true ? PATH_COLUMNS : COLUMNS },
      options,
    );
  },
});

function toRow({ name, text, found, reason }: ListedTemplate, hasPath: boolean): Row {
  const template = found?.template;
  const actions = (template?.steps ?? []).flatMap(({ action }) => action ?? []);
  return {
    name,
    description: template?.description ?? null,
    version: template?.version ?? null,
    author: template?.author ?? null,
    source: text.source,
    actions: [...new Set(actions)],
    ...(hasPath ? { path: text.path } : {}),
    ...(reason === undefined ? {} : { problem: reason }),
  };
}

const COLUMNS: readonly Column<Row>[] = [
  { header: 'Name', value: ({ name }) => name },
  {
    header: 'Description',
    value: ({ description, problem }) => (problem === undefined ? (description ?? '') : 'broken'),
    drop: 2,
  },
  { header: 'Version', value: ({ version }) => version ?? 'N/A' },
  { header: 'Author', value: ({ author }) => author ?? 'N/A', drop: 1 },
];

const PLACES: Readonly<Record<string, string>> = {
  builtin: '(comes with the program)',
  server: '(kept with the project)',
};

const PATH_COLUMNS: readonly Column<Row>[] = [
  { header: 'Name', value: ({ name }) => name },
  { header: 'Path', value: ({ path, source }) => path ?? PLACES[source] ?? '' },
];
