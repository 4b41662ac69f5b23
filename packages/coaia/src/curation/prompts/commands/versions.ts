/** `coaia fuse prompts versions`: the versions of one prompt, newest first. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { Prompt, PromptsApi } from '@coaia/client';
import { promptErrors } from '../errors.ts';
import { promptsApi } from '../ports.ts';
import { compatOptions } from './options.ts';

export const command = defineCommand({
  words: 'fuse prompts versions',
  summary: 'List the versions of a prompt, newest first',
  needs: promptsApi,
  positionals: [{ name: 'name', summary: 'Name of the prompt', required: true }],
  options: {
    ...compatOptions,
    limit: { type: 'number', placeholder: 'N', default: 20, summary: 'At most this many' },
    ...listOptions,
  },
  examples: ['coaia prompts versions greet', 'coaia prompts versions greet --json'],
  async run({ open, out }, { options, args }) {
    const versions = await readVersions(await open(), args.name, options.limit);
    out.list({ things: 'versions', rows: versions, columns: COLUMNS }, options);
  },
});

const COLUMNS: readonly Column<Prompt>[] = [
  { header: 'Version', value: ({ version }) => String(version), align: 'right' },
  { header: 'Labels', value: ({ labels }) => labels.join(', ') },
  { header: 'Created', value: ({ createdAt }) => createdAt.slice(0, 16) },
  { header: 'Commit message', value: ({ commitMessage }) => commitMessage ?? '', drop: 1 },
];

/** Newest first, as written. Fails with COAIA-2000 when there is no such prompt. */
async function readVersions(
  api: PromptsApi,
  name: string,
  limit: number,
): Promise<readonly Prompt[]> {
  const { data } = await api.listPrompts({ name, limit: 1 });
  const [meta] = data;
  if (meta === undefined || meta.name !== name) {
    throw promptErrors.create('COAIA-2000', `Prompt not found: '${name}'`, {
      hint: 'coaia fuse prompts list',
    });
  }
  const wanted = meta.versions.toSorted((left, right) => right - left).slice(0, limit);
  return Promise.all(wanted.map((version) => api.getPrompt(name, { version, resolve: false })));
}
