/** `coaia pipeline search`: templates of all remotes whose name or description has a text. */
import { isCoaiaError } from '#base';
import { defineCommand, listOptions } from '#surface';
import { readTemplate } from '../../templates/read-template.ts';
import { sharingApi, type SharingApi } from '../ports.ts';
import { listRemotes, type Remote } from '../remotes.ts';
import { listPacks } from '../source.ts';

interface Found {
  /** What `pipeline install` takes. */
  readonly source: string;
  readonly version: string;
  readonly description: string;
  readonly publisher: string | null;
}

export const command = defineCommand({
  words: 'pipeline search',
  summary: 'Find templates in the remotes',
  needs: sharingApi,
  positionals: [{ name: 'text', summary: 'Part of the name or description; all without it' }],
  options: { ...listOptions },
  examples: ['coaia pipeline search', 'coaia pipeline search summary --json'],
  async run({ open, out }, { options, args }) {
    const api = await open();
    const wanted = (args.text ?? '').toLowerCase();
    const rows: Found[] = [];
    for (const remote of listRemotes(api.home)) {
      try {
        rows.push(...(await listRemote(api, remote)));
      } catch (error) {
        if (!isCoaiaError(error)) throw error;
        out.notice(`${remote.name} is left out: ${error.message}`);
      }
    }
    const found = rows.filter(({ source, description }) =>
      `${source.slice(source.indexOf('/') + 1)}\n${description}`.toLowerCase().includes(wanted),
    );
    const columns = [
      { header: 'Source', value: ({ source }: Found) => source },
      { header: 'Version', value: ({ version }: Found) => version },
      { header: 'Publisher', value: ({ publisher }: Found) => publisher ?? '', drop: 1 },
      { header: 'Description', value: ({ description }: Found) => description },
    ];
    out.list({ things: 'templates', rows: found, columns }, options);
  },
});

async function listRemote(
  api: SharingApi,
  { name: remote, kind, address }: Remote,
): Promise<readonly Found[]> {
  if (kind === 'server') {
    const { data } = await (await api.openServer(address)).listPipelines();
    return data
      .filter(({ source }) => source === 'server')
      .map(({ name, version, description }) => ({
        source: `${remote}/${name}`,
        version,
        description: description ?? '',
        publisher: null,
      }));
  }
  const rows: Found[] = [];
  for (const { templates, publisher } of listPacks(address)) {
    const [first] = templates;
    if (first === undefined) continue;
    const { description } = await readTemplate(first.text, first.format);
    const { name, version } = first;
    rows.push({ source: `${remote}/${name}`, version, description: description ?? '', publisher });
  }
  return rows;
}
